// Package flags has a helper of which no call gets to the second half.
package flags

import "sync"

//@ refines Flags over Memory

// @ mu guards word, spec.word
// @   invariant word == spec.word
var mu sync.Mutex
var word uint64

func change(bit uint64, on bool) {
	if on {
		word |= bit
	} else {
		word &^= bit
	}
}

//@ op Set
func Set(bit uint64) {
	mu.Lock()
	defer mu.Unlock()
	change(bit, true)
}

//@ op SetBoth
func SetBoth(bit, other uint64) {
	mu.Lock()
	defer mu.Unlock()
	change(bit|other, true)
}
