package relock

import "sync"

//@ refines Counter over Memory

// @ mu guards n, spec.n
// @   invariant n == spec.n
var mu sync.Mutex
var n uint64

// @ op Inc
func Inc() uint64 {
	mu.Lock()
	x := n
	for i := uint64(0); i < 1; i++ {
		mu.Unlock()
		mu.Lock()
	}
	n = x + 1
	mu.Unlock()
	return x + 1
}

// @ recovery
func Recover() {}
