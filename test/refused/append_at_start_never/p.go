// Package queue appends where nothing ever gets to: either way to append is code that may go unused, the append is not.
package queue

import "sync"

//@ refines Queue over Memory

// @ mu guards first, spec.count
// @   invariant len(first) == spec.count
var mu sync.Mutex
var first []uint64

//@ boot
func Start() {
	if len(first) > 0 {
		first = append(first, 7)
	}
}

//@ op Put
func Put(v uint64) {
	mu.Lock()
	defer mu.Unlock()
	first = append(first, v)
}
