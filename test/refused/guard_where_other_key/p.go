package p

import "sync"

//@ refines Map over Memory

// @ even guards spec.values[k] where k % 2 == 0
var even sync.Mutex

// @ odd guards spec.values[k] where k % 2 == 1
var odd sync.Mutex

// @ op Set
func Set(k, v uint64) {
	even.Lock()
	even.Unlock()
}

// @ op Double
func Double(k uint64) {
	odd.Lock()
	odd.Unlock()
}

// @ recovery
func Recover() {}
