// Mutant: RaiseTo returns although somebody else changed the count first.
// Expect: refuted

// Package atomiccounter counts without a lock, in memory.
//
// Every step is one atomic operation on the count. RaiseTo tries until nobody came between its look at the count and
// its change of it.
package atomiccounter

import "sync/atomic"

//@ refines SharedCounter over Memory

// @ invariant count == spec.count
var count atomic.Uint64

// Increment counts one and returns the count.
//
// @ op Increment
func Increment() uint64 {
	return count.Add(1)
}

// RaiseTo makes the count at least n.
//
// @ op RaiseTo
func RaiseTo(n uint64) {
	seen := count.Load()
	if n > seen {
		count.CompareAndSwap(seen, n)
	}
} // want: invariant

// Get returns the count.
//
// @ op Get
func Get() uint64 {
	return count.Load()
}

// Recover has nothing to do: the count is zero again.
//
// @ recovery
func Recover() {}
