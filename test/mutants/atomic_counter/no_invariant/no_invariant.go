// Mutant: Nothing relates the count to the specification.
// Expect: unproved

// Package atomiccounter counts without a lock, in memory.
//
// Every step is one atomic operation on the count. RaiseTo tries until nobody came between its look at the count and
// its change of it.
package atomiccounter

import "sync/atomic"

//@ refines SharedCounter over Memory

var count atomic.Uint64

// Increment counts one and returns the count.
//
// @ op Increment
func Increment() uint64 {
	return count.Add(1) // want: result
}

// RaiseTo makes the count at least n.
//
// @ op RaiseTo
func RaiseTo(n uint64) {
	//@ retry
	for {
		seen := count.Load()
		if n <= seen || count.CompareAndSwap(seen, n) {
			return
		}
	}
}

// Get returns the count.
//
// @ op Get
func Get() uint64 {
	return count.Load() // want: result
}

// Recover has nothing to do: the count is zero again.
//
// @ recovery
func Recover() {}
