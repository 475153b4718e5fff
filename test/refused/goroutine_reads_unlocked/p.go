package p

import "sync"

//@ refines Counter over Memory

// @ mu guards n, spec.n
// @   invariant n == spec.n
var mu sync.Mutex
var n uint64

// @ op Inc
func Inc() uint64 {
	mu.Lock()
	n++
	v := n
	mu.Unlock()
	go func() {
		if n == 3 {
			return
		}
	}()
	return v
}

// @ recovery
func Recover() {}
