// Package p writes with a lock that it shares.
package p

import "sync"

//@ refines Cells over Memory

// @ mu[i] guards xs[i], spec.xs[i] invariant xs[i] == spec.xs[i]
var mu [4]sync.RWMutex
var xs [4]uint64

// @ op Put
func Put(i, n uint64) {
	mu[i].Lock()
	defer mu[i].Unlock()
	xs[i] = n
}

// @ op Bump
func Bump(i uint64) {
	mu[i].RLock()
	defer mu[i].RUnlock()
	xs[i]++
}

// @ recovery
func Recover() {}
