package bufferedshadowcopy

import (
	"path/filepath"
	"sync"
	"testing"

	"armada/machine/buffereddisk"
	"armada/machine/disk/disktest"
)

const size = 5

// accesses is the number of accesses of one write.
const accesses = 6

// restart forgets everything volatile, puts the code on the disk and runs recovery.
func restart(b *buffereddisk.Buffer) {
	mu = sync.Mutex{}
	buffereddisk.Init(b)
	Recover()
}

// crash leaves of the unflushed writes, in the order of their blocks, those whose bit is set; of several writes of one block
// all or none.
func crash(t *testing.T, b *buffereddisk.Buffer, kept uint64) *buffereddisk.Buffer {
	t.Helper()
	left, err := b.Crash(func(a uint64, unflushed int) int {
		if kept>>a&1 == 0 {
			return 0
		}
		return unflushed
	})
	if err != nil {
		t.Fatal(err)
	}
	return left
}

// crashIn runs f on the disk and crashes it after so many accesses.
func crashIn(t *testing.T, b *buffereddisk.Buffer, accesses int64, kept uint64, f func()) (left *buffereddisk.Buffer, crashed bool) {
	t.Helper()
	b.OnAccess(disktest.FailAfter(accesses).Use)
	crashed = disktest.Run(f)
	return crash(t, b, kept), crashed
}

func write(x, y uint64) {
	Write(buffereddisk.FromUint64(x), buffereddisk.FromUint64(y))
}

func read() [2]uint64 {
	x, y := Read()
	return [2]uint64{buffereddisk.ToUint64(x), buffereddisk.ToUint64(y)}
}

func want(t *testing.T, when string, wanted ...[2]uint64) {
	t.Helper()
	got := read()
	for _, pair := range wanted {
		if got == pair {
			return
		}
	}
	t.Errorf("%s: read %v, want one of %v", when, got, wanted)
}

func TestFileSurvivesARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "disk")
	for i := range uint64(4) {
		b, err := buffereddisk.OpenFile(path, size)
		if err != nil {
			t.Fatal(err)
		}
		restart(b)
		want(t, "after a restart", [2]uint64{i, 10 * i})
		write(i+1, 10*(i+1))
		want(t, "after a write", [2]uint64{i + 1, 10 * (i + 1)})
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Whatever the number of writes before it, a write that crashes leaves the old pair or the new one, whichever of its
// unflushed writes survive; one that has returned is not lost.
func TestCrashAtEveryAccess(t *testing.T) {
	for before := range uint64(3) {
		for left := range int64(accesses + 1) {
			for kept := range uint64(1 << size) {
				b := buffereddisk.NewMemory(size)
				restart(b)
				for i := range before {
					write(i+1, i+1)
				}
				b, crashed := crashIn(t, b, left, kept, func() { write(7, 8) })
				if crashed != (left < accesses) {
					t.Errorf("crash after %d accesses: crashed is %v", left, crashed)
				}
				restart(b)
				if crashed {
					want(t, "after a crash", [2]uint64{before, before}, [2]uint64{7, 8})
				} else {
					want(t, "after a write", [2]uint64{7, 8})
				}
				write(9, 10)
				restart(crash(t, b, kept))
				want(t, "after the next write", [2]uint64{9, 10})
			}
		}
	}
}

// A reader never sees half of a pair.
func TestConcurrentUse(t *testing.T) {
	restart(buffereddisk.NewMemory(size))
	var group sync.WaitGroup
	for range 2 {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := range uint64(50) {
				write(i, i)
			}
		}()
		group.Add(1)
		go func() {
			defer group.Done()
			for range 50 {
				if pair := read(); pair[0] != pair[1] {
					t.Errorf("read half of a pair: %v", pair)
				}
			}
		}()
	}
	group.Wait()
	want(t, "at the end", [2]uint64{49, 49})
}
