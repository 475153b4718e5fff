package ticketlock

import (
	"sync"
	"testing"
)

// restart forgets everything volatile and runs recovery.
func restart() {
	next.Store(0)
	serving.Store(0)
	sum = 0
	Recover()
}

func TestNothingIsLost(t *testing.T) {
	restart()
	const threads, each = 4, 500
	var group sync.WaitGroup
	for range threads {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := range uint64(each) {
				Add(n)
			}
		}()
	}
	group.Wait()
	if got := Get(); got != threads*each*(each-1)/2 {
		t.Errorf("Get() = %d", got)
	}
	restart()
	if got := Get(); got != 0 {
		t.Errorf("Get() = %d, want 0", got)
	}
}
