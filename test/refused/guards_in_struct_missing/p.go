// Package table keeps numbers in slots, each of which has a lock of its own.
package table

import "sync"

//@ refines Table over Memory

// Slots is how many there are.
const Slots uint64 = 8

type slot struct {
	// @ mu[i] guards value, spec.values[i]
	// @   invariant value == spec.values[i] && (uses == 0 ==> value == 0)
	mu          sync.Mutex
	value, uses uint64
}

var slots [Slots]slot

// disk is a field of the name that another layer gives to its state.
type record struct {
	// @ mu guards disk, spec.total invariant disk == spec.total
	mu   sync.RWMutex
	disk uint64
}

var all record

// Set replaces the number in a slot.
//
// @ op Set
func Set(i, v uint64) {
	s := &slots[i]
	s.mu.Lock()
	s.uses = 1
	s.value = v
	s.mu.Unlock()
}

// Get returns the number in a slot.
//
// @ op Get
func Get(i uint64) uint64 {
	slots[i].mu.Lock()
	defer slots[i].mu.Unlock()
	if slots[i].uses == 0 {
		return 0
	}
	return slots[i].value
}

// Count counts n.
//
// @ op Count
func Count(n uint64) {
	all.mu.Lock()
	all.disk += n
	all.mu.Unlock()
}

// Total returns what was counted.
//
// @ op Total
func Total() uint64 {
	all.mu.RLock()
	defer all.mu.RUnlock()
	return all.disk
}
