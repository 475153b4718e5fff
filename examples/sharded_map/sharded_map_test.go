package shardedmap

import (
	"sync"
	"testing"
)

// restart forgets everything volatile and runs recovery.
func restart() {
	for i := range shards {
		shards[i].mu = sync.RWMutex{}
		shards[i].m = nil
	}
	Recover()
	Open()
}

func want(t *testing.T, k, wanted uint64, isThere bool) {
	t.Helper()
	if v, found := Get(k); v != wanted || found != isThere {
		t.Errorf("Get(%d) = %d, %t, want %d, %t", k, v, found, wanted, isThere)
	}
	if Contains(k) != isThere {
		t.Errorf("Contains(%d) = %t, want %t", k, !isThere, isThere)
	}
}

func TestPutGetDelete(t *testing.T) {
	restart()
	want(t, 3, 0, false)
	Put(3, 5)
	Put(3+Shards, 6)
	want(t, 3, 5, true)
	want(t, 3+Shards, 6, true)
	Put(3, 0)
	want(t, 3, 0, true)
	Delete(3)
	Delete(4)
	want(t, 3, 0, false)
	want(t, 3+Shards, 6, true)
	restart()
	want(t, 3+Shards, 0, false)
}

func TestConcurrentUse(t *testing.T) {
	restart()
	const threads, each = 8, 500
	var group sync.WaitGroup
	for thread := range uint64(threads) {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := range uint64(each) {
				k := n*threads + thread
				Put(k, n)
				want(t, k, n, true)
				if n%2 == 1 {
					Delete(k)
				}
			}
		}()
	}
	group.Wait()
	for k := range uint64(threads * each) {
		n := k / threads
		want(t, k, n*(1-n%2), n%2 == 0)
	}
}
