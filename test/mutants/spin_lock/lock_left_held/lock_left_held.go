// Mutant: Both returns with the lock.
// Expect: refuted

// Package spinlock counts hits and misses, in memory, under a lock that is made of one atomic number.
//
// The number is 1 while some thread has the lock. A thread that wants it tries to change 0 to 1 until that works.
package spinlock

import "sync/atomic"

//@ refines HitsAndMisses over Memory

//@ token lock guards hits, misses, spec.hits, spec.misses
//@   invariant hits == spec.hits && misses == spec.misses

// @ invariant lock.held <==> word == 1
var word atomic.Uint32

var hits, misses uint64

func acquire() {
	//@ retry
	//@ claim lock if old(word) == 0
	for !word.CompareAndSwap(0, 1) {
	}
}

func release() {
	//@ give lock
	word.Store(0)
}

// Count counts a hit or a miss.
//
// @ op Count
func Count(hit bool) {
	acquire()
	if hit {
		hits++
	} else {
		misses++
	}
	release()
}

// Both returns the numbers of hits and of misses.
//
// @ op Both
func Both() (uint64, uint64) {
	acquire()
	return hits, misses // want: lock-leak
}

// Recover has nothing to do: both numbers are zero again.
//
// @ recovery
func Recover() {}
