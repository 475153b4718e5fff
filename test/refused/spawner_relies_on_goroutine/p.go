package p

import "sync"

//@ refines Counter over Memory

// @ mu guards n, spec.n
// @   invariant n == spec.n
var mu sync.Mutex
var n uint64

// @ op Inc
func Inc() uint64 {
	go func() {
		mu.Lock()
		mu.Unlock()
	}()
	mu.Lock()
	x := n
	mu.Unlock()
	go func() {}()
	mu.Lock()
	n = x + 1
	mu.Unlock()
	return x + 1
}

// @ recovery
func Recover() {}
