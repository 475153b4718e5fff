// Package flags has helpers of which no call needs all.
package flags

import "sync"

//@ refines Flags over Memory

// @ mu guards word, changes, spec.word
// @   invariant word == spec.word
// @   invariant changes <= 1000
var mu sync.Mutex
var word, changes uint64

func count() {
	if changes < 1000 {
		changes++
	}
}

func change(bit uint64, on bool) {
	if on {
		word |= bit
	} else {
		word &^= bit
	}
	count()
}

//@ op Set
func Set(bit uint64) {
	mu.Lock()
	defer mu.Unlock()
	change(bit, true)
}

//@ op Reset
func Reset(bit uint64) {
	mu.Lock()
	defer mu.Unlock()
	change(bit, false)
}

//@ boot
func Start() {
	change(1, false)
}
