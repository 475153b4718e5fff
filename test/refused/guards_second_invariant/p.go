// Package pair breaks the second of the invariants of a lock.
package pair

import "sync"

//@ refines Pair over Memory

// @ mu guards left, right, spec.sum
// @   invariant left + right == spec.sum
// @   invariant left <= right
var mu sync.Mutex
var left, right uint64

//@ op Add
func Add(n uint64) {
	mu.Lock()
	defer mu.Unlock()
	left += n
}

//@ op Sum
func Sum() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return left + right
}
