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

// @ op Set
func Set(v uint64) {
	mu.Lock()
	items[0] = v
	mu.Unlock()
}

// Get is wrong: the lock guards the elements, not only the variable.
//
// @ op Get
func Get() uint64 {
	mu.Lock()
	t := items
	mu.Unlock()
	return t[0]
}

// @ recovery
func Recover() {}
