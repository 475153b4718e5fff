// Package wal keeps a sum.
package wal

import "sync"

// @ mu guards total, spec.sum invariant total == spec.sum
var mu sync.Mutex
var total uint64

// Go runs this at each start, although no function of the package is called before.
func init() { total = 5 }

// Append adds a number.
func Append(n uint64) {
	mu.Lock()
	total += n
	mu.Unlock()
}
