// Package queue starts with one element, not with two.
package queue

import "sync"

//@ refines Queue over Memory

// @ mu guards first, spec.count
// @   invariant len(first) == 2 + spec.count
var mu sync.Mutex
var first []uint64

//@ boot
func Start() {
	first = append(first, 7)
}

//@ op Put
func Put(v uint64) {
	mu.Lock()
	defer mu.Unlock()
	first = append(first, v)
}
