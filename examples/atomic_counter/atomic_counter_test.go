package atomiccounter

import (
	"sync"
	"testing"
)

// restart forgets everything volatile and runs recovery.
func restart() {
	count.Store(0)
	Recover()
}

func TestNumbersAreHandedOutOnce(t *testing.T) {
	restart()
	const threads, each = 8, 1000
	seen := make([][]uint64, threads)
	var group sync.WaitGroup
	for thread := range threads {
		group.Add(1)
		go func() {
			defer group.Done()
			for range each {
				seen[thread] = append(seen[thread], Increment())
			}
		}()
	}
	group.Wait()
	found := map[uint64]bool{}
	for _, numbers := range seen {
		last := uint64(0)
		for _, number := range numbers {
			if found[number] || number <= last {
				t.Fatalf("%d after %d", number, last)
			}
			found[number], last = true, number
		}
	}
	if Get() != threads*each {
		t.Errorf("Get() = %d, want %d", Get(), threads*each)
	}
}

func TestRaiseTo(t *testing.T) {
	restart()
	var group sync.WaitGroup
	for n := range uint64(100) {
		group.Add(1)
		go func() {
			defer group.Done()
			RaiseTo(n)
		}()
	}
	group.Wait()
	if Get() != 99 {
		t.Errorf("Get() = %d, want 99", Get())
	}
	RaiseTo(3)
	if Get() != 99 {
		t.Errorf("Get() = %d, want 99", Get())
	}
}
