package writeaheadlog

import (
	"path/filepath"
	"sync"
	"testing"

	"armada/machine/disk"
	"armada/machine/disk/disktest"
)

const size = 5

// accesses is the number of accesses of one write.
const accesses = 6

// restart forgets everything volatile, puts the code on the disk and runs recovery.
func restart(d disk.Disk) {
	logLock = sync.Mutex{}
	mainLock = sync.Mutex{}
	disk.Init(d)
	Recover()
}

func write(x, y uint64) {
	Write(disk.FromUint64(x), disk.FromUint64(y))
}

func read() [2]uint64 {
	x, y := Read()
	return [2]uint64{disk.ToUint64(x), disk.ToUint64(y)}
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
		d, err := disk.OpenFile(path, size)
		if err != nil {
			t.Fatal(err)
		}
		restart(d)
		want(t, "after a restart", [2]uint64{i, 10 * i})
		write(i+1, 10*(i+1))
		want(t, "after a write", [2]uint64{i + 1, 10 * (i + 1)})
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Whatever the number of writes before it, a write that crashes leaves the old pair or the new one.
func TestCrashAtEveryAccess(t *testing.T) {
	for before := range uint64(3) {
		for left := range int64(accesses + 1) {
			d := disk.NewMemory(size)
			restart(d)
			for i := range before {
				write(i+1, i+1)
			}
			disk.Init(disktest.FailAfter(left).Disk(d))
			crashed := disktest.Run(func() { write(7, 8) })
			if crashed != (left < accesses) {
				t.Errorf("crash after %d accesses: crashed is %v", left, crashed)
			}
			restart(d)
			if crashed {
				want(t, "after a crash", [2]uint64{before, before}, [2]uint64{7, 8})
			} else {
				want(t, "after a write", [2]uint64{7, 8})
			}
			write(9, 10)
			want(t, "after the next write", [2]uint64{9, 10})
		}
	}
}

// Once the flag is set the new pair is there, even if recovery crashes again and again.
func TestCrashDuringRecovery(t *testing.T) {
	d := disk.NewMemory(size)
	restart(d)
	disk.Init(disktest.FailAfter(3).Disk(d))
	if !disktest.Run(func() { write(7, 8) }) {
		t.Error("the write did not crash")
	}
	for left := range int64(6) {
		if !disktest.Run(func() { restart(disktest.FailAfter(left).Disk(d)) }) {
			t.Errorf("recovery did not crash after %d accesses", left)
		}
	}
	restart(d)
	want(t, "after recovery", [2]uint64{7, 8})
}

// A reader never sees half of a pair.
func TestConcurrentUse(t *testing.T) {
	restart(disk.NewMemory(size))
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
