package p

import "sync"

//@ refines L over Memory

// @ mu guards items, spec.s
// @ invariant len(items) == 1 && items[0] == spec.s[0] && len(spec.s) == 1
var mu sync.Mutex
var items []uint64

// @ boot
func boot() {
	items = make([]uint64, 1)
}

// Set is wrong: the slice belongs to the caller, who may write to it later.
//
// @ op Set
func Set(v []uint64) {
	mu.Lock()
	items = v
	mu.Unlock()
}

// @ op Get
func Get() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return items[0]
}

// @ recovery
func Recover() {}
