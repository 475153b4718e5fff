package p

import "sync"

//@ refines Map over Memory

// Key 6 is nobody's, so that it changes while a thread has its lock.

// @ locks[i] guards table[k] where k % 2 == i, spec.values[k] where k % 2 == i && k != 6
// @   invariant forall k uint64 :: k % 2 == i ==> table[k] == spec.values[k]
var locks [2]sync.Mutex
var table [8]uint64

// @ op Get
func Get(k uint64) uint64 {
	locks[k%2].Lock()
	defer locks[k%2].Unlock()
	return table[k]
}

// @ recovery
func Recover() {}
