// Package concurrency tests what `sync`, `sync/atomic` and channels do for a single caller, and goroutines that are waited for.
package concurrency

import (
	"sync"
	"sync/atomic"
)

func testMutex() bool {
	var mu sync.Mutex
	n := 0
	mu.Lock()
	n++
	mu.Unlock()
	mu.Lock()
	defer mu.Unlock()
	return n == 1
}

func testTryLock() bool {
	var mu sync.Mutex
	a := mu.TryLock()
	b := mu.TryLock()
	mu.Unlock()
	return a && !b
}

func testRWMutex() bool {
	var mu sync.RWMutex
	mu.RLock()
	mu.RLock()
	blocked := !mu.TryLock()
	mu.RUnlock()
	mu.RUnlock()
	mu.Lock()
	mu.Unlock()
	return blocked
}

func testOnce() bool {
	var once sync.Once
	n := 0
	for range 3 {
		once.Do(func() { n++ })
	}
	return n == 1
}

func testWaitGroup() bool {
	var group sync.WaitGroup
	results := make([]int, 3)
	for i := range results {
		group.Add(1)
		go func() {
			defer group.Done()
			results[i] = i * i
		}()
	}
	group.Wait()
	return results[0] == 0 && results[1] == 1 && results[2] == 4
}

func testSharedCounter() bool {
	var mu sync.Mutex
	var group sync.WaitGroup
	n := 0
	for range 2 {
		group.Add(1)
		go func() {
			mu.Lock()
			n++
			mu.Unlock()
			group.Done()
		}()
	}
	group.Wait()
	return n == 2
}

func testGoArgumentsAreEvaluatedNow() bool {
	var group sync.WaitGroup
	group.Add(1)
	x, seen := 1, 0
	go func(n int) {
		seen = n
		group.Done()
	}(x)
	x = 2
	group.Wait()
	return seen == 1 && x == 2
}

func testCond() bool {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := false
	go func() {
		mu.Lock()
		ready = true
		cond.Broadcast()
		mu.Unlock()
	}()
	mu.Lock()
	for !ready {
		cond.Wait()
	}
	mu.Unlock()
	return ready
}

func testAtomicFunctions() bool {
	var n uint64
	a := atomic.AddUint64(&n, 5)
	atomic.StoreUint64(&n, 7)
	b := atomic.SwapUint64(&n, 8)
	c := atomic.CompareAndSwapUint64(&n, 8, 9)
	d := atomic.CompareAndSwapUint64(&n, 8, 10)
	return a == 5 && b == 7 && c && !d && atomic.LoadUint64(&n) == 9
}

func testAtomicWraps() bool {
	n := uint32(0)
	a := atomic.AddUint32(&n, ^uint32(0))
	m := int64(9223372036854775807)
	return a == 4294967295 && atomic.AddInt64(&m, 1) == -9223372036854775808
}

func testAtomicTypes() bool {
	var n atomic.Int64
	var ok atomic.Bool
	var p atomic.Pointer[int]
	x := 3
	n.Add(4)
	n.CompareAndSwap(4, 6)
	old := ok.Swap(true)
	none := p.Load() == nil
	p.Store(&x)
	return n.Load() == 6 && !old && ok.Load() && none && *p.Load() == 3
}

func testBufferedChannel() bool {
	c := make(chan int, 2)
	c <- 1
	c <- 2
	full := len(c) == cap(c)
	a := <-c
	c <- 3
	return full && a == 1 && <-c == 2 && <-c == 3 && len(c) == 0
}

func testClosedChannel() bool {
	c := make(chan int, 2)
	c <- 7
	close(c)
	a, ok := <-c
	b, no := <-c
	return a == 7 && ok && b == 0 && !no
}

func testUnbufferedChannel() bool {
	c := make(chan int)
	go func() {
		c <- 4
		c <- 5
	}()
	a := <-c
	return a == 4 && <-c == 5
}

func testChannelSignalsCompletion() bool {
	done := make(chan struct{})
	n := 0
	go func() {
		n = 42
		close(done)
	}()
	<-done
	return n == 42
}

func testSelectWithDefault() bool {
	c := make(chan int, 1)
	n := 0
	select {
	case v := <-c:
		n = v
	default:
		n = 1
	}
	c <- 5
	select {
	case v := <-c:
		n += v * 10
	default:
		n += 1000
	}
	return n == 51
}

func testDirections() bool {
	c := make(chan int, 1)
	send(c, 8)
	return receive(c) == 8
}

func send(c chan<- int, v int) { c <- v }

func receive(c <-chan int) int { return <-c }
