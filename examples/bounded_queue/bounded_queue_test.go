package boundedqueue

import (
	"sync"
	"testing"
)

// restart forgets everything volatile and runs recovery.
func restart() {
	mu = sync.Mutex{}
	ring, first, count = [Capacity]uint64{}, 0, 0
	Recover()
}

func TestFirstInFirstOut(t *testing.T) {
	restart()
	for v := range Capacity {
		Put(v)
	}
	if Length() != Capacity {
		t.Errorf("Length() = %d, want %d", Length(), Capacity)
	}
	for v := range Capacity {
		if got := Take(); got != v {
			t.Errorf("Take() = %d, want %d", got, v)
		}
	}
}

func TestNumbersWrap(t *testing.T) {
	restart()
	first = 1<<64 - 1
	for v := range uint64(10) {
		Put(v)
		if got := Take(); got != v {
			t.Errorf("Take() = %d, want %d", got, v)
		}
	}
}

func TestNothingIsLost(t *testing.T) {
	restart()
	const producers, each = 4, 1000
	var group sync.WaitGroup
	for range producers {
		group.Add(1)
		go func() {
			defer group.Done()
			for v := range uint64(each) {
				Put(v)
			}
		}()
	}
	sums := make([]uint64, producers)
	for consumer := range producers {
		group.Add(1)
		go func() {
			defer group.Done()
			for range each {
				sums[consumer] += Take()
			}
		}()
	}
	group.Wait()
	total := uint64(0)
	for _, sum := range sums {
		total += sum
	}
	if total != producers*each*(each-1)/2 || Length() != 0 {
		t.Errorf("the values taken add up to %d, and %d are left", total, Length())
	}
}
