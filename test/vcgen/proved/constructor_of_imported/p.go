// Package total adds up numbers. The log of another package does the work.
package total

import "armada/test/vcgen/proved/constructor_of_imported/wal"

//@ refines T over Memory

// Store is a log without a name for its numbers.
type Store struct {
	log wal.Log
}

// Open makes one.
//
// @ boot
func Open() *Store { return &Store{} }

// Add adds a small number.
//
// @ op Add
func (s *Store) Add(n uint64) error { return s.log.Append(n) }

// Get returns the sum.
//
// @ op Get
func (s *Store) Get() uint64 { return s.log.Get() }
