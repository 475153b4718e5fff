package p

import "sync"

//@ refines Map over Memory

// Key 6 has two locks.

// @ even guards spec.values[k] where k % 2 == 0
var even sync.Mutex

// @ third guards spec.values[k] where k % 3 == 0
var third sync.Mutex

// @ op Touch
func Touch(k uint64) {
	even.Lock()
	even.Unlock()
}

// @ recovery
func Recover() {}
