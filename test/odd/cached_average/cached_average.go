// Odd: Avg remembers its result until the next Add.
// Expect: proved

// Package statdb keeps the average of all numbers that it was given, in memory.
//
// A crash forgets the numbers. Their sum is a uint64 and wraps.
package statdb

import "sync"

//@ refines StatDB over Memory

// @ mu guards total, count, average, fresh, spec.numbers
// @   invariant total == sum(spec.numbers) && count == len(spec.numbers) &&
// @     (fresh ==> count != 0 && average == total / count)
var mu sync.Mutex

var (
	total   uint64
	count   uint64
	average uint64
	fresh   bool // average is that of the numbers so far
)

// Add takes a number into account.
//
// @ op Add
func Add(n uint64) {
	mu.Lock()
	total += n
	count++
	fresh = false
	mu.Unlock()
}

// Avg returns the average of all numbers, rounded down, and 0 if there are none.
//
// @ op Avg
func Avg() uint64 {
	mu.Lock()
	defer mu.Unlock()
	if count == 0 {
		return 0
	}
	if !fresh {
		average = total / count
		fresh = true
	}
	return average
}

// Recover has nothing to do: the variables are zero again, as is the list of numbers.
//
// @ recovery
func Recover() {}
