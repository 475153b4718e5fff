package p

import "sync"

//@ refines L over Memory

// @ mu[i] guards a[i], spec.a[i] invariant a[i] == spec.a[i]
var mu [2]sync.Mutex
var a [2]uint64

// Inc is wrong: it releases the other lock.
//
// @ op Inc
func Inc(i uint64) {
	mu[i].Lock()
	a[i]++
	i = 1 - i
	mu[i].Unlock()
}

// @ recovery
func Recover() {}
