// Package store is initialised by its first start, which may fail before it has done that.
package store

import (
	"errors"
	"sync"

	"armada/machine/disk"
)

//@ refines M over SingleDisk(2)
//@ crash invariant disk[0] == spec.value

var errLimit = errors.New("store: the limit is zero")

// Store is a block on a disk.
type Store struct {
	//@ mu guards disk[0], spec.value
	//@   invariant disk[0] == spec.value
	mu sync.Mutex
}

// Format leaves something on the disk that the first start replaces.
//
// @ initialisation
func Format() {
	disk.Write(0, disk.FromUint64(7))
}

// Recover says that there was a start before.
//
// @ recovery
func Recover() {
	disk.Write(1, disk.FromUint64(1))
}

// Open says why it cannot.
//
// @ boot
func Open(limit uint64) (*Store, error) {
	s := &Store{}
	if limit == 0 {
		return nil, errLimit
	}
	if disk.ToUint64(disk.Read(1)) == 0 {
		disk.Write(0, disk.FromUint64(0))
	}
	return s, nil
}

// Set replaces the block.
//
// @ op Set
func (s *Store) Set(v disk.Block) {
	s.mu.Lock()
	defer s.mu.Unlock()
	disk.Write(0, v)
}

// Get returns the block.
//
// @ op Get
func (s *Store) Get() disk.Block {
	s.mu.Lock()
	defer s.mu.Unlock()
	return disk.Read(0)
}
