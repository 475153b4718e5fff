// Package p reads with another lock than it writes.
package p

import "sync"

//@ refines Cell over Memory

// @ mu guards x, spec.x invariant x == spec.x
var mu sync.Mutex
var k sync.Mutex
var x uint64

// @ op Put
func Put(n uint64) {
	mu.Lock()
	defer mu.Unlock()
	if n != x {
		x = n
	}
}

// @ op Get
func Get() uint64 {
	k.Lock()
	defer k.Unlock()
	return x
}

// @ recovery
func Recover() {}
