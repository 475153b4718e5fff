// Mutant: Avg does not look whether there are numbers, which the function that divides requires.
// Expect: refuted

// Package statdb keeps the average of all numbers that it was given, in memory.
//
// A crash forgets the numbers. Their sum is a uint64 and wraps.
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
func Add(n uint64) {
	mu.Lock()
	total += n
	count = successor(count)
	mu.Unlock()
}

// Avg returns the average of all numbers, rounded down, and 0 if there are none.
//
// @ op Avg
func Avg() uint64 {
	mu.Lock()
	average := mean(total, count) // want: requires
	mu.Unlock()
	return average
}

// successor returns n + 1: it turns the ones at the end of n into zeros, and the zero before them into a one.
//
// @ ensures result == n + 1
// @ decreases n
func successor(n uint64) uint64 {
	if n%2 == 0 {
		return n | 1
	}
	return successor(n>>1) << 1
}

// mean returns the average of n numbers with a sum.
//
// @ requires n != 0
// @ ensures result == whole / n
func mean(whole, n uint64) uint64 {
	return whole / n
}

// Recover has nothing to do: the variables are zero again, as is the list of numbers.
//
// @ recovery
func Recover() {}
