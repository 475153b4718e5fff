// Package wal keeps the last pair, and counts calls.
package wal

import (
	"sync"

	"armada/test/vcgen/proved/imported_layers/internal/codec"
)

// Log has the last pair.
type Log struct {
	mu   sync.RWMutex
	last uint64
}

// Keep replaces the pair.
func (l *Log) Keep(high, low uint64) {
	packed := codec.Pack(high, low)
	l.mu.Lock()
	defer l.mu.Unlock()
	//@ assert packed & 255 == low && packed >> 8 == high
	l.last = packed
}

// Last gives the pair.
func (l *Log) Last() (uint64, uint64) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return codec.Unpack(l.last)
}

// @ calls guards number, spec.calls
// @   invariant number == spec.calls && number <= Most
var calls sync.Mutex
var number uint64

// Most is how far calls are counted.
const Most uint64 = 1000 //@ parameter where Most < 5000

// Count counts a call.
func Count() {
	calls.Lock()
	if number < Most {
		number++
	}
	calls.Unlock()
}

// Number says how many calls there were, if there were not too many.
func Number() uint64 {
	calls.Lock()
	defer calls.Unlock()
	return number
}
