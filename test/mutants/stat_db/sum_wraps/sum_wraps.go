// Mutant: Add may not let the sum wrap, and nothing keeps it from that.
// Expect: refuted

// Package statdb keeps the average of all numbers that it was given, in memory.
//
// A crash forgets the numbers.
package statdb

import "sync"

//@ refines StatDB over Memory

// @ mu guards total, count, spec.numbers
// @   invariant total == sum(spec.numbers) && count == len(spec.numbers)
var mu sync.Mutex

var (
	total uint64
	count uint64
)

// Add takes a number into account.
//
// @ op Add
// @ no overflow
func Add(n uint64) {
	mu.Lock()
	total += n // want: overflow
	count++
	mu.Unlock()
}

// Avg returns the average of all numbers, rounded down, and 0 if there are none.
//
// @ op Avg
func Avg() uint64 {
	mu.Lock()
	average := uint64(0)
	if count != 0 {
		average = total / count
	}
	mu.Unlock()
	return average
}

// Recover has nothing to do: the variables are zero again, as is the list of numbers.
//
// @ recovery
func Recover() {}
