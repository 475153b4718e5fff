package backgroundlog

import (
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"armada/machine/disk"
)

const size = 5

// restart puts the code on the disk and runs recovery. Goroutines of before may still come; they find nothing to do, or do it.
func restart(d disk.Disk) {
	mu.Lock()
	defer mu.Unlock()
	logged = false
	disk.Init(d)
	Recover()
}

// settle waits until the goroutines have copied what is in the log.
func settle() {
	for {
		mu.Lock()
		done := !logged
		mu.Unlock()
		if done {
			return
		}
		runtime.Gosched()
	}
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

// recorder remembers what is on a disk after each write.
type recorder struct {
	disk.Disk
	mu     sync.Mutex
	states [][size]disk.Block
}

func (r *recorder) WriteBlock(a uint64, v disk.Block) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.Disk.WriteBlock(a, v); err != nil {
		return err
	}
	var now [size]disk.Block
	for i := range now {
		v, err := r.Disk.ReadBlock(uint64(i))
		if err != nil {
			return err
		}
		now[i] = v
	}
	r.states = append(r.states, now)
	return nil
}

func (r *recorder) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.states)
}

// crashedDisk is a new disk with what was on the recorded one after a write.
func (r *recorder) crashedDisk(t *testing.T, index int) disk.Disk {
	t.Helper()
	d := disk.NewMemory(size)
	for a, v := range r.states[index] {
		if err := d.WriteBlock(uint64(a), v); err != nil {
			t.Fatal(err)
		}
	}
	return d
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
		settle()
		want(t, "when the log is copied", [2]uint64{i + 1, 10 * (i + 1)})
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A crash after any access, of the writer or of the goroutine, leaves the old pair or the new one; once a write has returned, the new one.
func TestCrashAtEveryAccess(t *testing.T) {
	r := &recorder{Disk: disk.NewMemory(size)}
	restart(r)
	write(1, 2)
	settle()
	before := r.count()
	write(7, 8)
	returned := r.count()
	settle()
	for index := before; index < r.count(); index++ {
		restart(r.crashedDisk(t, index))
		if index+1 < returned {
			want(t, "after a crash", [2]uint64{1, 2}, [2]uint64{7, 8})
		} else {
			want(t, "after a crash behind a write", [2]uint64{7, 8})
		}
	}
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
	settle()
	want(t, "when the log is copied", [2]uint64{49, 49})
}
