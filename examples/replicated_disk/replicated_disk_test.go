package replicateddisk

import (
	"path/filepath"
	"sync"
	"testing"

	"armada/machine/disk"
	"armada/machine/disk/disktest"
	"armada/machine/twodisk"
)

// restart forgets everything volatile, puts the code on the disks and runs recovery.
func restart(p *twodisk.Pair) {
	locks = [Size]sync.Mutex{}
	twodisk.Init(p)
	Recover()
}

func number(a uint64) uint64 {
	return disk.ToUint64(Read(a))
}

func openFiles(t *testing.T, directory string) *twodisk.Pair {
	t.Helper()
	p, err := twodisk.OpenFiles(filepath.Join(directory, "disk1"), filepath.Join(directory, "disk2"), Size)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func TestFilesSurviveARestart(t *testing.T) {
	directory := t.TempDir()
	p := openFiles(t, directory)
	restart(p)
	Write(0, disk.FromUint64(1))
	Write(Size-1, disk.FromUint64(2))
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	p = openFiles(t, directory)
	restart(p)
	twodisk.FailDisk1()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	restart(openFiles(t, directory))
	if number(0) != 1 || number(Size-1) != 2 || number(1) != 0 {
		t.Errorf("read %d, %d and %d; want 1, 2 and 0", number(0), number(Size-1), number(1))
	}
}

func TestFailureAtEveryAccess(t *testing.T) {
	failures := map[string]func(uint32){"disk 1": twodisk.FailDisk1After, "disk 2": twodisk.FailDisk2After}
	for name, failAfter := range failures {
		for accesses := range uint32(7) {
			restart(twodisk.NewMemory(Size))
			failAfter(accesses)
			for v := uint64(1); v <= 3; v++ {
				Write(3, disk.FromUint64(v))
				if got := number(3); got != v {
					t.Errorf("%s failed after %d accesses: read %d, want %d", name, accesses, got, v)
				}
			}
		}
	}
}

// The old value or the new one, the same on both disks, wherever the write crashes.
func TestCrashAtEveryAccess(t *testing.T) {
	for accesses := range int64(3) {
		disk1, disk2 := disk.NewMemory(Size), disk.NewMemory(Size)
		restart(twodisk.New(disk1, disk2))
		Write(Size-1, disk.FromUint64(1))
		power := disktest.FailAfter(accesses)
		twodisk.Init(twodisk.New(power.Disk(disk1), power.Disk(disk2)))
		crashed := disktest.Run(func() { Write(Size-1, disk.FromUint64(2)) })
		if crashed != (accesses < 2) {
			t.Errorf("crash after %d accesses: crashed is %v", accesses, crashed)
		}
		restart(twodisk.New(disk1, disk2))
		before := number(Size - 1)
		twodisk.FailDisk1()
		after := number(Size - 1)
		if before != after || (before != 1 && before != 2) || (!crashed && before != 2) {
			t.Errorf("crash after %d accesses: read %d, then %d without disk 1", accesses, before, after)
		}
	}
}

func TestCrashDuringRecovery(t *testing.T) {
	disk1, disk2 := disk.NewMemory(Size), disk.NewMemory(Size)
	for a := range Size {
		if err := disk1.WriteBlock(a, disk.FromUint64(a)); err != nil {
			t.Fatal(err)
		}
	}
	for _, accesses := range []int64{0, 1, 2, 999} {
		power := disktest.FailAfter(accesses)
		if !disktest.Run(func() { restart(twodisk.New(power.Disk(disk1), power.Disk(disk2))) }) {
			t.Errorf("recovery did not crash after %d accesses", accesses)
		}
	}
	restart(twodisk.New(disk1, disk2))
	twodisk.FailDisk1()
	for a := range Size {
		if number(a) != a {
			t.Fatalf("block %d is %d on disk 2", a, number(a))
		}
	}
}

// Readers of a block that only grows never see it shrink, whatever fails meanwhile.
func TestConcurrentUse(t *testing.T) {
	restart(twodisk.NewMemory(Size))
	var group sync.WaitGroup
	for a := range uint64(2) {
		group.Add(2)
		go func() {
			defer group.Done()
			for v := range uint64(100) {
				Write(a, disk.FromUint64(v))
			}
		}()
		go func() {
			defer group.Done()
			last := uint64(0)
			for range 100 {
				v := number(a)
				if v < last {
					t.Errorf("block %d went from %d to %d", a, last, v)
				}
				last = v
			}
		}()
	}
	twodisk.FailDisk1After(200)
	group.Wait()
	if number(0) != 99 || number(1) != 99 {
		t.Errorf("read %d and %d; want 99 and 99", number(0), number(1))
	}
}
