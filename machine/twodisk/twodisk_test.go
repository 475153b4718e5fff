package twodisk_test

import (
	"path/filepath"
	"sync"
	"testing"

	"armada/machine/disk"
	"armada/machine/twodisk"
)

func mustPanic(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s did not panic", what)
		}
	}()
	f()
}

func want1(t *testing.T, a uint64, want uint64, wantOk bool) {
	t.Helper()
	if v, ok := twodisk.Read1(a); ok != wantOk || v != disk.FromUint64(want) {
		t.Errorf("Read1(%d) = %d, %v; want %d, %v", a, disk.ToUint64(v), ok, want, wantOk)
	}
}

func want2(t *testing.T, a uint64, want uint64, wantOk bool) {
	t.Helper()
	if v, ok := twodisk.Read2(a); ok != wantOk || v != disk.FromUint64(want) {
		t.Errorf("Read2(%d) = %d, %v; want %d, %v", a, disk.ToUint64(v), ok, want, wantOk)
	}
}

func TestReadWrite(t *testing.T) {
	twodisk.Init(twodisk.NewMemory(2))
	want1(t, 0, 0, true)
	twodisk.Write1(0, disk.FromUint64(1))
	twodisk.Write2(1, disk.FromUint64(2))
	want1(t, 0, 1, true)
	want1(t, 1, 0, true)
	want2(t, 0, 0, true)
	want2(t, 1, 2, true)
	mustPanic(t, "a read behind the end", func() { twodisk.Read1(2) })
	mustPanic(t, "a write behind the end", func() { twodisk.Write2(2, disk.Block{}) })
	mustPanic(t, "a pair of different sizes", func() { twodisk.New(disk.NewMemory(1), disk.NewMemory(2)) })
}

func TestFailure(t *testing.T) {
	twodisk.Init(twodisk.NewMemory(1))
	twodisk.Write1(0, disk.FromUint64(1))
	twodisk.Write2(0, disk.FromUint64(1))
	twodisk.FailDisk1()
	twodisk.FailDisk1()
	want1(t, 0, 0, false)
	twodisk.Write1(0, disk.FromUint64(2))
	want1(t, 0, 0, false)
	want2(t, 0, 1, true)
	mustPanic(t, "the failure of the second disk", twodisk.FailDisk2)
	want2(t, 0, 1, true)
	mustPanic(t, "a read behind the end of a failed disk", func() { twodisk.Read1(1) })
}

func TestFailureAtAnAccess(t *testing.T) {
	twodisk.Init(twodisk.NewMemory(1))
	twodisk.FailDisk2After(1)
	twodisk.Write1(0, disk.FromUint64(1))
	twodisk.Write2(0, disk.FromUint64(1))
	want2(t, 0, 0, false)
	want1(t, 0, 1, true)
	twodisk.Init(twodisk.NewMemory(1))
	twodisk.FailDisk1After(0)
	want1(t, 0, 0, false)
}

func open(t *testing.T, directory string) *twodisk.Pair {
	t.Helper()
	p, err := twodisk.OpenFiles(filepath.Join(directory, "1"), filepath.Join(directory, "2"), 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func TestFilesKeepBlocksAndFailures(t *testing.T) {
	directory := t.TempDir()
	p := open(t, directory)
	twodisk.Init(p)
	twodisk.Write1(0, disk.FromUint64(1))
	twodisk.Write2(0, disk.FromUint64(2))
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	p = open(t, directory)
	twodisk.Init(p)
	want1(t, 0, 1, true)
	want2(t, 0, 2, true)
	twodisk.FailDisk2()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	twodisk.Init(open(t, directory))
	want2(t, 0, 0, false)
	want1(t, 0, 1, true)
}

func TestInputOutputErrorIsAFailure(t *testing.T) {
	directory := t.TempDir()
	disk1, err := disk.OpenFile(filepath.Join(directory, "1"), 1)
	if err != nil {
		t.Fatal(err)
	}
	twodisk.Init(twodisk.New(disk1, disk.NewMemory(1)))
	if err := disk1.Close(); err != nil {
		t.Fatal(err)
	}
	twodisk.Write1(0, disk.FromUint64(1))
	want1(t, 0, 0, false)
	want2(t, 0, 0, true)
}

func TestConcurrentUse(t *testing.T) {
	twodisk.Init(twodisk.NewMemory(1))
	var group sync.WaitGroup
	for i := uint64(0); i < 8; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			twodisk.Write1(0, disk.FromUint64(i))
			twodisk.Read2(0)
			if i == 4 {
				twodisk.FailDisk1()
			}
		}()
	}
	group.Wait()
	want1(t, 0, 0, false)
}
