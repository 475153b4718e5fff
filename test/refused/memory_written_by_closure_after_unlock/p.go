package p

import "sync"

//@ refines L over Memory

// @ mu guards items, spec.s
// @ invariant len(items) == 2 && items[0] == spec.s
var mu sync.Mutex
var items []uint64

// @ boot
func boot() {
	items = make([]uint64, 2)
}

// Set is wrong: the function runs when the lock is free.
//
// @ op Set
func Set(v uint64) {
	mu.Lock()
	f := func() { items[0] = v }
	mu.Unlock()
	f()

}

// @ op Get
func Get() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return items[0]
}

// @ recovery
func Recover() {}
