package seqlock

import (
	"sync"
	"testing"
)

// restart forgets everything volatile and runs recovery.
func restart() {
	mu = sync.Mutex{}
	seq.Store(0)
	x.Store(0)
	y.Store(0)
	Recover()
}

func want(t *testing.T, a, b uint64) {
	t.Helper()
	if x, y := Read(); x != a || y != b {
		t.Errorf("Read() = %d, %d, want %d, %d", x, y, a, b)
	}
}

func TestWriteAndRead(t *testing.T) {
	restart()
	want(t, 0, 0)
	Write(1, 2)
	want(t, 1, 2)
	Write(3, 4)
	want(t, 3, 4)
	restart()
	want(t, 0, 0)
}

func TestReadersSeeWholePairs(t *testing.T) {
	restart()
	const writers, readers, each = 2, 4, 2000
	var group sync.WaitGroup
	for writer := range uint64(writers) {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := range uint64(each) {
				Write(n*writers+writer, 2*(n*writers+writer))
			}
		}()
	}
	for range readers {
		group.Add(1)
		go func() {
			defer group.Done()
			for range each {
				if a, b := Read(); b != 2*a {
					t.Errorf("Read() = %d, %d: parts of different writes", a, b)
				}
			}
		}()
	}
	group.Wait()
}
