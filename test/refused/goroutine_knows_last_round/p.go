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
	for i := uint64(0); i < 3; i++ {
		go func(i uint64) {
			//@ assert i == 2
			if i == 9 {
				return
			}
		}(i)
	}
	return v
}

// @ recovery
func Recover() {}
