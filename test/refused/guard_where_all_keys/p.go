package p

import "sync"

//@ refines Map over Memory

// @ locks[i] guards spec.values[k] where k % 4 == i
var locks [4]sync.Mutex

// @ op Clear
func Clear() {
	locks[0].Lock()
	locks[0].Unlock()
}

// @ recovery
func Recover() {}
