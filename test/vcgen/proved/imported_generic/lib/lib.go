// Package lib has boxes of anything.
package lib

import "sync"

// Box holds a value.
type Box[T any] struct {
	mu    sync.Mutex
	value T
	full  bool
}

// Put fills the box; false: it is full.
func (b *Box[T]) Put(value T) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.full {
		return false
	}
	b.value, b.full = value, true
	return true
}

// Take empties it.
func (b *Box[T]) Take() (T, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	full := b.full
	b.full = false
	return b.value, full
}

// Doubler is what can be doubled.
type Doubler interface{ Double() uint64 }

// Twice doubles twice.
func Twice(d Doubler, again func(uint64) Doubler) uint64 { return again(d.Double()).Double() }
