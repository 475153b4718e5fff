package disk_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

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

func open(t *testing.T, path string, size uint64) disk.Disk {
	t.Helper()
	d, err := disk.OpenFile(path, size)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func TestNumbers(t *testing.T) {
	for _, v := range []uint64{0, 1, 255, 256, 1 << 40, 1<<64 - 1} {
		b := disk.FromUint64(v)
		if got := disk.ToUint64(b); got != v {
			t.Errorf("ToUint64(FromUint64(%d)) = %d", v, got)
		}
		for i := 8; i < len(b); i++ {
			if b[i] != 0 {
				t.Fatalf("byte %d of FromUint64(%d) is %d", i, v, b[i])
			}
		}
	}
	if b := disk.FromUint64(0x0102); b[0] != 2 || b[1] != 1 {
		t.Errorf("FromUint64 is not little endian: %v", b[:8])
	}
	if disk.FromUint64(0) != (disk.Block{}) {
		t.Error("FromUint64(0) is not the zero block")
	}
}

func TestReadWrite(t *testing.T) {
	disks := map[string]disk.Disk{
		"memory": disk.NewMemory(3),
		"file":   open(t, filepath.Join(t.TempDir(), "disk"), 3),
	}
	for name, d := range disks {
		t.Run(name, func(t *testing.T) {
			disk.Init(d)
			for a := uint64(0); a < 3; a++ {
				if disk.Read(a) != (disk.Block{}) {
					t.Errorf("block %d of a new disk is not zero", a)
				}
			}
			v := disk.FromUint64(7)
			disk.Write(1, v)
			v[0] = 9
			if got := disk.ToUint64(disk.Read(1)); got != 7 {
				t.Errorf("read %d after writing 7", got)
			}
			if disk.Read(0) != (disk.Block{}) || disk.Read(2) != (disk.Block{}) {
				t.Error("a neighbour changed")
			}
			mustPanic(t, "a read behind the end", func() { disk.Read(3) })
			mustPanic(t, "a write behind the end", func() { disk.Write(1<<63, v) })
		})
	}
}

func TestFileKeepsBlocks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "disk")
	d := open(t, path, 2)
	disk.Init(d)
	disk.Write(1, disk.FromUint64(5))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	mustPanic(t, "a write to a closed file", func() { disk.Write(0, disk.Block{}) })
	mustPanic(t, "a read of a closed file", func() { disk.Read(0) })
	disk.Init(open(t, path, 2))
	if got := disk.ToUint64(disk.Read(1)); got != 5 {
		t.Errorf("read %d after reopening, want 5", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	directory := t.TempDir()
	odd := filepath.Join(directory, "odd")
	if err := os.WriteFile(odd, []byte("not a disk"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := disk.OpenFile(odd, 1); err == nil {
		t.Error("opened a file of the wrong size")
	}
	if _, err := disk.OpenFile(filepath.Join(directory, "missing", "disk"), 1); err == nil {
		t.Error("opened a file in a missing directory")
	}
	if _, err := disk.OpenFile(filepath.Join(directory, "huge"), 1<<60); err == nil {
		t.Error("opened a file of 2^72 bytes")
	}
}

// Concurrent writes of uniform blocks: a reader never sees a mixture.
func TestAccessesAreAtomic(t *testing.T) {
	disk.Init(open(t, filepath.Join(t.TempDir(), "disk"), 1))
	var group sync.WaitGroup
	for writer := byte(1); writer <= 2; writer++ {
		group.Add(1)
		go func() {
			defer group.Done()
			var v disk.Block
			for i := range v {
				v[i] = writer
			}
			for range 20 {
				disk.Write(0, v)
			}
		}()
	}
	for range 40 {
		v := disk.Read(0)
		for i := range v {
			if v[i] != v[0] {
				t.Fatalf("torn block: byte %d is %d, byte 0 is %d", i, v[i], v[0])
			}
		}
	}
	group.Wait()
}

func TestCrash(t *testing.T) {
	d := disk.NewMemory(2)
	disk.Init(disktest.FailAfter(1).Disk(d))
	crashed := disktest.Run(func() {
		disk.Write(0, disk.FromUint64(1))
		disk.Write(1, disk.FromUint64(1))
	})
	disk.Init(d)
	if !crashed || disk.ToUint64(disk.Read(0)) != 1 || disk.ToUint64(disk.Read(1)) != 0 {
		t.Error("the crash did not come between the two writes")
	}
	if disktest.Run(func() { disk.Read(0) }) {
		t.Error("crashed without a reason")
	}
	mustPanic(t, "another panic", func() { disktest.Run(func() { panic("other") }) })
}
