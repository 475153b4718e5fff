package dead

import "sync"

//@ refines MCells over Memory

// @ locks[a] guards c[a], spec.c[a]
// @   invariant c[a] == spec.c[a]
var locks [4]sync.Mutex
var c [4]uint64

// @ op Swap
func Swap(a, b uint64) {
	locks[a].Lock()
	locks[b].Lock()
	c[a], c[b] = c[b], c[a]
	locks[a].Unlock()
	locks[b].Unlock()
}

// @ recovery
func Recover() {}
