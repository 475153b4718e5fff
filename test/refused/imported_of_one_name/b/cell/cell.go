// Package cell keeps a number.
package cell

import "sync"

// @ mu guards n, spec.b invariant n == spec.b
var mu sync.Mutex
var n uint64

// Set keeps it.
func Set(v uint64) {
	mu.Lock()
	n = v
	mu.Unlock()
}

// Get gives it.
func Get() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return n
}
