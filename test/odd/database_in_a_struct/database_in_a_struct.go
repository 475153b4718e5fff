// Odd: The variables are fields of a struct with methods, and Add counts first.
// Expect: proved

// Package statdb keeps the average of all numbers that it was given, in memory.
//
// A crash forgets the numbers. Their sum is a uint64 and wraps.
package statdb

import "sync"

//@ refines StatDB over Memory

// @ db.mu guards db.total, db.count, spec.numbers
// @   invariant db.total == sum(spec.numbers) && db.count == len(spec.numbers)
var db DB

// DB is a sum and a count under a lock.
type DB struct {
	mu           sync.Mutex
	total, count uint64
}

// Add takes a number into account.
//
// @ op Add
func (d *DB) Add(n uint64) {
	d.mu.Lock()
	d.count++
	d.total += n
	d.mu.Unlock()
}

// Avg returns the average of all numbers, rounded down, and 0 if there are none.
//
// @ op Avg
func (d *DB) Avg() uint64 {
	d.mu.Lock()
	average := uint64(0)
	if d.count != 0 {
		average = d.total / d.count
	}
	d.mu.Unlock()
	return average
}

// Recover has nothing to do: the variables are zero again, as is the list of numbers.
//
// @ recovery
func Recover() {}
