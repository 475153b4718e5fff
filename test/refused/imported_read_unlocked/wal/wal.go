// Package wal keeps a sum.
package wal

import "sync"

// @ mu guards total, spec.sum invariant total == spec.sum
var mu sync.Mutex
var total uint64

// Append adds a number.
func Append(n uint64) {
	mu.Lock()
	total += n
	mu.Unlock()
}

// Total forgets the lock.
func Total() uint64 { return total }
