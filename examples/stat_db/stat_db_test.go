package statdb

import (
	"sync"
	"testing"
)

// restart forgets everything volatile and runs recovery.
func restart() {
	mu = sync.Mutex{}
	total, count = 0, 0
	Recover()
}

func want(t *testing.T, wanted uint64) {
	t.Helper()
	if got := Avg(); got != wanted {
		t.Errorf("Avg() = %d, want %d", got, wanted)
	}
}

func TestAverage(t *testing.T) {
	restart()
	want(t, 0)
	Add(3)
	want(t, 3)
	Add(4)
	want(t, 3)
	Add(0)
	want(t, 2)
	restart()
	want(t, 0)
}

func TestTheSumWraps(t *testing.T) {
	restart()
	Add(1<<64 - 1)
	Add(3)
	want(t, 1)
}

func TestConcurrentUse(t *testing.T) {
	restart()
	var group sync.WaitGroup
	for i := range uint64(8) {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 100 {
				Add(i % 2 * 10)
				if average := Avg(); average > 10 {
					t.Errorf("Avg() = %d, and no number is above 10", average)
				}
			}
		}()
	}
	group.Wait()
	want(t, 5)
}
