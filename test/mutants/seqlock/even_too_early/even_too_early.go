// Mutant: The writer makes the sequence number even before the second number is written.
// Expect: refuted

// Package seqlock is a pair of numbers in memory that readers read without a lock.
//
// A sequence number tells readers what writers do: it is odd while the pair is written, and different afterwards. A reader that has found
// the same even number before and after reading has read both numbers of one write, and tries again otherwise.
package seqlock

import (
	"sync"
	"sync/atomic"
)

//@ refines SharedPair over Memory

// @ mu guards seq, x, y, spec.first, spec.second, spec.writes
// @   invariant seq == 2 * spec.writes
var mu sync.Mutex

// @ invariant seq % 2 == 0 ==> x == spec.first && y == spec.second
// @ invariant spec.writes < 1 << 63 && (seq == 2 * spec.writes || seq == 2 * spec.writes + 1)
var seq atomic.Uint64

var x, y atomic.Uint64

//@ guarantee old(seq) <= seq && (seq == old(seq) && seq % 2 == 0 ==> x == old(x) && y == old(y))

// Write replaces both numbers.
//
// @ op Write
func Write(a, b uint64) {
	mu.Lock()
	defer mu.Unlock()
	seq.Add(1)
	x.Store(a)
	seq.Add(1) // want: invariant
	y.Store(b)
}

// Read returns both numbers.
//
// @ op Read
func Read() (uint64, uint64) {
	//@ retry
	for {
		before := seq.Load()
		if before%2 == 1 {
			continue
		}
		a, b := x.Load(), y.Load()
		if seq.Load() == before {
			return a, b
		}
	}
}

// Recover has nothing to do: all numbers are zero again.
//
// @ recovery
func Recover() {}
