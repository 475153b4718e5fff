package p

import "sync"

//@ refines Map over Memory

// @ locks[i] guards table[k] where k % 2 == i
var locks [2]sync.Mutex
var table [8]uint64

// @ op Set
func Set(k, v uint64) {
	locks[k%2].Lock()
	table[(k+1)%8] = v
	locks[k%2].Unlock()
}

// @ op Get
func Get(k uint64) uint64 {
	locks[k%2].Lock()
	defer locks[k%2].Unlock()
	v := table[k]
	return v - v
}

// @ recovery
func Recover() {}
