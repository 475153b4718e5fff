package p

import "sync"

//@ refines L over Memory

// @ mu guards n, spec.n invariant n == spec.n
var mu sync.Mutex
var n uint64
var c = sync.NewCond(&mu)

// @ op Put
func Put() {
	mu.Lock()
	n++
	c.Signal()
	mu.Unlock()
}

// Take is wrong: others change the number while it waits.
//
// @ op Take
func Take() uint64 {
	mu.Lock()
	v := n
	for n == 0 {
		c.Wait()
	}
	n--
	mu.Unlock()
	return v
}

// @ recovery
func Recover() {}
