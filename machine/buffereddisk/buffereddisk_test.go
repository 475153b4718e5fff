package buffereddisk_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"armada/machine/buffereddisk"
	"armada/machine/disk"
	"armada/machine/disk/disktest"
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

func open(t *testing.T, path string, size uint64) *buffereddisk.Buffer {
	t.Helper()
	b, err := buffereddisk.OpenFile(path, size)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// restart crashes the disk and works on what is left of it.
func restart(t *testing.T, b *buffereddisk.Buffer, survives func(a uint64, unflushed int) int) *buffereddisk.Buffer {
	t.Helper()
	restarted, err := b.Crash(survives)
	if err != nil {
		t.Fatal(err)
	}
	buffereddisk.Init(restarted)
	return restarted
}

func none(uint64, int) int { return 0 }

func all(_ uint64, unflushed int) int { return unflushed }

func write(a, v uint64) {
	buffereddisk.Write(a, buffereddisk.FromUint64(v))
}

func want(t *testing.T, when string, a, v uint64) {
	t.Helper()
	if got := buffereddisk.ToUint64(buffereddisk.Read(a)); got != v {
		t.Errorf("%s: block %d is %d, want %d", when, a, got, v)
	}
}

func TestReadWrite(t *testing.T) {
	disks := map[string]*buffereddisk.Buffer{
		"memory": buffereddisk.NewMemory(3),
		"file":   open(t, filepath.Join(t.TempDir(), "disk"), 3),
	}
	for name, b := range disks {
		t.Run(name, func(t *testing.T) {
			buffereddisk.Init(b)
			want(t, "at first", 1, 0)
			write(1, 7)
			want(t, "after a write", 1, 7)
			write(1, 8)
			want(t, "after another", 1, 8)
			buffereddisk.Barrier()
			want(t, "after a barrier", 1, 8)
			want(t, "a neighbour", 0, 0)
			want(t, "a neighbour", 2, 0)
			mustPanic(t, "a read behind the end", func() { buffereddisk.Read(3) })
			mustPanic(t, "a write behind the end", func() { write(1<<63, 1) })
		})
	}
}

func TestCrashLosesUnflushedWrites(t *testing.T) {
	disks := map[string]*buffereddisk.Buffer{
		"memory": buffereddisk.NewMemory(2),
		"file":   open(t, filepath.Join(t.TempDir(), "disk"), 2),
	}
	for name, b := range disks {
		t.Run(name, func(t *testing.T) {
			buffereddisk.Init(b)
			write(0, 1)
			buffereddisk.Barrier()
			write(0, 2)
			write(1, 3)
			b = restart(t, b, none)
			want(t, "flushed", 0, 1)
			want(t, "never flushed", 1, 0)
			write(0, 4)
			write(1, 5)
			b = restart(t, b, func(a uint64, unflushed int) int { return unflushed * int(a) })
			want(t, "lost", 0, 1)
			want(t, "survived", 1, 5)
			restart(t, b, none)
			want(t, "survived for good", 1, 5)
		})
	}
}

// Of several unflushed writes of one block any may be the one that is left.
func TestCrashLeavesAnyLaterWrite(t *testing.T) {
	for count := range 4 {
		b := buffereddisk.NewMemory(1)
		buffereddisk.Init(b)
		for v := range uint64(3) {
			write(0, v+1)
		}
		restart(t, b, func(uint64, int) int { return count })
		want(t, "after the crash", 0, uint64(count))
	}
}

func TestFileKeepsFlushedBlocks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "disk")
	b := open(t, path, 2)
	buffereddisk.Init(b)
	write(0, 5)
	buffereddisk.Barrier()
	write(1, 6)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	mustPanic(t, "a barrier on a closed file", buffereddisk.Barrier)
	mustPanic(t, "a read of a closed file", func() { buffereddisk.Read(0) })
	buffereddisk.Init(open(t, path, 2))
	want(t, "flushed", 0, 5)
	want(t, "not flushed", 1, 0)
}

func TestOpenRefuses(t *testing.T) {
	directory := t.TempDir()
	odd := filepath.Join(directory, "odd")
	if err := os.WriteFile(odd, []byte("not a disk"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := buffereddisk.OpenFile(odd, 1); err == nil {
		t.Error("opened a file of the wrong size")
	}
	if _, err := buffereddisk.OpenFile(filepath.Join(directory, "missing", "disk"), 1); err == nil {
		t.Error("opened a file in a missing directory")
	}
	if _, err := buffereddisk.OpenFile(filepath.Join(directory, "huge"), 1<<60); err == nil {
		t.Error("opened a file of 2^72 bytes")
	}
}

// brokenStorage cannot write, or cannot make anything durable.
type brokenStorage struct {
	disk.Disk
	write, sync error
}

func (s brokenStorage) WriteBlock(uint64, disk.Block) error { return s.write }

func (s brokenStorage) Sync() error { return s.sync }

func TestBarrierReportsFailure(t *testing.T) {
	failure := errors.New("broken")
	for _, storage := range []brokenStorage{{write: failure}, {sync: failure}} {
		storage.Disk = disk.NewMemory(1)
		b := buffereddisk.New(storage)
		buffereddisk.Init(b)
		write(0, 1)
		mustPanic(t, "a barrier on a broken storage", buffereddisk.Barrier)
		want(t, "still unflushed", 0, 1)
		if storage.write != nil {
			if _, err := b.Crash(all); err == nil {
				t.Error("the broken storage kept a write")
			}
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	b := open(t, filepath.Join(t.TempDir(), "disk"), 4)
	buffereddisk.Init(b)
	var group sync.WaitGroup
	for a := range uint64(4) {
		group.Add(1)
		go func() {
			defer group.Done()
			for v := range uint64(25) {
				write(a, v)
				want(t, "own write", a, v)
				if v%5 == 4 {
					buffereddisk.Barrier()
				}
			}
		}()
	}
	group.Wait()
	restart(t, b, none)
	for a := range uint64(4) {
		want(t, "after the last barrier", a, 24)
	}
}

func TestCrashAtAnAccess(t *testing.T) {
	for left := range int64(4) {
		b := buffereddisk.NewMemory(1)
		buffereddisk.Init(b)
		b.OnAccess(disktest.FailAfter(left).Use)
		crashed := disktest.Run(func() {
			write(0, 1)
			buffereddisk.Barrier()
			write(0, 2)
		})
		if crashed != (left < 3) {
			t.Errorf("crash after %d accesses: crashed is %v", left, crashed)
		}
		restart(t, b, none)
		if left < 2 {
			want(t, "before the barrier", 0, 0)
		} else {
			want(t, "after the barrier", 0, 1)
		}
	}
}
