package p

import "sync"

//@ refines L over Memory

// @ mu guards items, spec.s
// @ invariant len(items) == 1 && items[0] == spec.s
var mu sync.Mutex
var items []uint64

// @ boot
func boot() {
	items = make([]uint64, 1)
}

// Set is wrong: the elements are shared from the moment on at which the slice is stored.
//
// @ op Set
func Set(v uint64) {
	t := make([]uint64, 1)
	t[0] = v
	mu.Lock()
	items = t
	mu.Unlock()
	t[0] = v
}

// @ op Get
func Get() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return items[0]
}

// @ recovery
func Recover() {}
