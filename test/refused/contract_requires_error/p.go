// Package p adds what is not too much.
package p

import (
	"errors"
	"sync"
)

//@ refines M over Memory

var errMuch = errors.New("too much")

// @ mu guards total, spec.total
// @   invariant total == spec.total
var mu sync.Mutex

var total uint64

// note is a number with what is wrong with it.
type note struct {
	n   uint64
	err error
}

// @ ensures result == nil <==> n <= limit
func check(n, limit uint64) error {
	if n > limit {
		return errMuch
	}
	return nil
}

// @ requires first != nil
// @ ensures result != nil && result.err != nil
func noted(first error) *note {
	return &note{n: 7, err: first}
}

// Add adds a number up to 100.
//
// @ op Add
func Add(n uint64) error {
	if err := check(n, 100); err != nil {
		return noted(check(n, n)).err
	}
	mu.Lock()
	defer mu.Unlock()
	total += n
	return nil
}
