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
		//@ assert n < 3
		mu.Unlock()
	}()
	mu.Lock()
	n++
	v := n
	mu.Unlock()
	return v
}

// @ recovery
func Recover() {}
