package p

import "sync"

//@ refines L over Memory

// @ mu guards items, spec.s
// @ invariant len(items) == 2 && items[0] == spec.s
var mu sync.RWMutex
var items []uint64

// @ boot
func boot() {
	items = make([]uint64, 2)
}

// @ op Set
func Set(v uint64) {
	mu.Lock()
	items[0] = v
	mu.Unlock()
}

// Get is wrong: there is room behind the first element, so append writes there.
//
// @ op Get
func Get() uint64 {
	mu.RLock()
	defer mu.RUnlock()
	t := append(items[:1], 4)
	return t[0]
}

// @ recovery
func Recover() {}
