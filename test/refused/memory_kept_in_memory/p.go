package p

import "sync"

//@ refines L over Memory

// @ mu guards t
var mu sync.Mutex
var t [][]uint64

// A is wrong: what is appended to the list is shared.
//
// @ op A
func A(v uint64) uint64 {
	in := []uint64{v}
	mu.Lock()
	t = append(t, in)
	mu.Unlock()
	return in[0]
}

// @ recovery
func Recover() {}
