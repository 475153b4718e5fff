package generallog

import (
	"math/rand"
	"path/filepath"
	"sync"
	"testing"

	"armada/machine/buffereddisk"
	"armada/machine/disk/disktest"
)

const blocks = Values + Slots

// restart forgets everything volatile, puts the code on the disk and runs recovery.
func restart(b *buffereddisk.Buffer) {
	log = sync.Mutex{}
	index = sync.Mutex{}
	count = 0
	last = [Size]uint64{}
	buffereddisk.Init(b)
	Recover()
}

// crash leaves of each block what it had at the last barrier, or any later write of it, as the numbers say.
func crash(t *testing.T, b *buffereddisk.Buffer, numbers *rand.Rand) *buffereddisk.Buffer {
	t.Helper()
	left, err := b.Crash(func(_ uint64, unflushed int) int { return numbers.Intn(unflushed + 1) })
	if err != nil {
		t.Fatal(err)
	}
	return left
}

func write(a, v uint64) bool {
	return Write(a, buffereddisk.FromUint64(v))
}

func read(a uint64) uint64 {
	return buffereddisk.ToUint64(Read(a))
}

// state is the content of the blocks that were ever written.
type state map[uint64]uint64

func (s state) clone() state {
	result := state{}
	for a, v := range s {
		result[a] = v
	}
	return result
}

// isOnDisk says whether reads return this.
func (s state) isOnDisk(addresses uint64) bool {
	for a := range addresses {
		if read(a) != s[a] {
			return false
		}
	}
	return true
}

func TestFileSurvivesARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "disk")
	wanted := state{}
	for round := range uint64(4) {
		b, err := buffereddisk.OpenFile(path, blocks)
		if err != nil {
			t.Fatal(err)
		}
		restart(b)
		if !wanted.isOnDisk(Size) {
			t.Errorf("round %d: not everything is there after a restart", round)
		}
		for _, a := range []uint64{round, 0, Size - 1, round} {
			if !write(a, 100*round+a) {
				t.Fatal("no room in an empty log")
			}
			wanted[a] = 100*round + a
		}
		Commit()
		if round%2 == 0 {
			Install()
		}
		if !write(5, 1) {
			t.Fatal("no room")
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		// What was not committed may have survived in a file that was closed, but does not count.
	}
}

func TestLogFillsAndIsEmptied(t *testing.T) {
	restart(buffereddisk.NewMemory(blocks))
	wanted := state{}
	for round := range uint64(3) {
		for i := range Slots - 1 {
			a := (i * i) % 10
			if !write(a, round*1000+i) {
				t.Fatalf("no room for entry %d", i+1)
			}
			wanted[a] = round*1000 + i
		}
		if write(0, 1) {
			t.Fatal("room for more entries than there are slots")
		}
		Install()
		if write(0, 1) {
			t.Fatal("entries that are not committed were given up")
		}
		Commit()
		if write(0, 1) {
			t.Fatal("entries that are not installed were given up")
		}
		Install()
		if !wanted.isOnDisk(10) {
			t.Errorf("round %d: something else than what was written", round)
		}
	}
}

// Whatever survives of the unflushed writes, a crash leaves what was committed last, or what a commit was about to make durable;
// crashes of recovery do not change it.
func TestCrashes(t *testing.T) {
	const addresses = 4
	for seed := range int64(400) {
		numbers := rand.New(rand.NewSource(seed))
		b := buffereddisk.NewMemory(blocks)
		restart(b)
		committed, current := state{}, state{}
		for crashes := 0; crashes < 3; {
			b.OnAccess(disktest.FailAfter(numbers.Int63n(60)).Use)
			commits := false
			crashed := disktest.Run(func() {
				for range 12 {
					commits = false
					switch numbers.Intn(4) {
					case 0:
						commits = true
						Commit()
						committed = current.clone()
					case 1:
						Install()
					default:
						a, v := uint64(numbers.Intn(addresses)), numbers.Uint64()
						if write(a, v) {
							current[a] = v
						}
					}
				}
			})
			b.OnAccess(nil)
			if !crashed {
				if !current.isOnDisk(addresses) {
					t.Fatalf("seed %d: a read does not return what was written", seed)
				}
				commits = false
			}
			crashes++
			b = crash(t, b, numbers)
			for again := numbers.Intn(3); again > 0; again-- {
				b.OnAccess(disktest.FailAfter(numbers.Int63n(12)).Use)
				disktest.Run(func() { restart(b) })
				b = crash(t, b, numbers)
			}
			restart(b)
			if !committed.isOnDisk(addresses) {
				if !commits || !current.isOnDisk(addresses) {
					t.Fatalf("seed %d: a crash leaves neither what was committed nor what was about to be", seed)
				}
				committed = current
			}
			current = committed.clone()
		}
	}
}

// Reads go on while entries are installed, and what they return of a block that is only ever increased never decreases.
func TestConcurrentUse(t *testing.T) {
	restart(buffereddisk.NewMemory(blocks))
	const addresses, writes = 4, 400
	var writers, others sync.WaitGroup
	done := make(chan struct{})
	for a := range uint64(addresses) {
		writers.Add(1)
		go func() {
			defer writers.Done()
			for v := uint64(1); v <= writes; {
				if write(a, v) {
					v++
				} else {
					Commit()
					Install()
				}
			}
		}()
		others.Add(1)
		go func() {
			defer others.Done()
			seen := uint64(0)
			for {
				v := read(a)
				if v < seen {
					t.Errorf("block %d: %d after %d", a, v, seen)
				}
				seen = v
				select {
				case <-done:
					return
				default:
				}
			}
		}()
	}
	writers.Wait()
	close(done)
	others.Wait()
	for a := range uint64(addresses) {
		if v := read(a); v != writes {
			t.Errorf("block %d: %d at the end", a, v)
		}
	}
}
