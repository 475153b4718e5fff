// Package store keeps a block that is no larger than whoever opens it says.
package store

import (
	"errors"
	"sync"

	"armada/machine/disk"
)

//@ refines M over SingleDisk(1)
//@ crash invariant disk[0] == spec.value

var errLimit = errors.New("store: the limit is zero")

// tooLarge says what is on the disk, and how much it may be.
type tooLarge struct {
	found, limit uint64
}

func (e *tooLarge) Error() string {
	return "store: what is on the disk is too large"
}

// Store is a block on a disk.
type Store struct {
	//@ mu guards disk[0], limit, first, half, spec.value
	//@   invariant disk[0] == spec.value && limit != 0 && half <= limit && (first ==> number(disk[0]) <= limit)
	mu    sync.Mutex
	limit uint64
	half  uint64
	first bool
}

// Recover has nothing to do.
//
// @ recovery
func Recover() {}

// Open says why it cannot.
//
// @ boot
func Open(limit uint64, checked bool) (store *Store, err error) {
	if limit == 0 && checked {
		return nil, errLimit
	}
	store = new(Store)
	store.limit = limit
	store.half = limit / 2
	if !checked {
		return store, nil
	}
	if err = store.check(); err != nil {
		return nil, err
	}
	store.first = true
	return store, nil
}

func (s *Store) check() error {
	if found := disk.ToUint64(disk.Read(0)); found > s.limit {
		return &tooLarge{found: found, limit: s.limit}
	}
	return nil
}

// Set replaces the block.
//
// @ op Set
func (s *Store) Set(v disk.Block) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.first = s.first && disk.ToUint64(v) <= s.limit
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
