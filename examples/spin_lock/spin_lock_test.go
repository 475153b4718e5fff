package spinlock

import (
	"sync"
	"testing"
)

// restart forgets everything volatile and runs recovery.
func restart() {
	word.Store(0)
	hits, misses = 0, 0
	Recover()
}

func TestNothingIsLost(t *testing.T) {
	restart()
	const threads, each = 8, 1000
	var group sync.WaitGroup
	for thread := range threads {
		group.Add(1)
		go func() {
			defer group.Done()
			for range each {
				Count(thread%2 == 0)
			}
		}()
	}
	group.Wait()
	if h, m := Both(); h != threads*each/2 || m != threads*each/2 {
		t.Errorf("Both() = %d, %d", h, m)
	}
	restart()
	if h, m := Both(); h != 0 || m != 0 {
		t.Errorf("Both() = %d, %d", h, m)
	}
}
