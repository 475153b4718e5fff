package p

import "sync"

//@ refines Map over Memory

// Both reads the odd key under its lock, and keeps it while it has another.

// @ locks[i] guards table[k] where k % 2 == i, spec.values[k] where k % 2 == i
// @   invariant forall k uint64 :: k % 2 == i ==> table[k] == spec.values[k]
var locks [2]sync.Mutex
var table [8]uint64

// @ op Both
func Both() (uint64, uint64) {
	locks[1].Lock()
	odd := table[3]
	locks[1].Unlock()
	locks[0].Lock()
	even := table[2]
	locks[0].Unlock()
	return even, odd
}

// @ op Set
func Set(k, v uint64) {
	locks[k%2].Lock()
	table[k] = v
	locks[k%2].Unlock()
}

// @ recovery
func Recover() {}
