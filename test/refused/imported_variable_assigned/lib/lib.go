// Package lib has a limit.
package lib

import "sync"

// @ mu guards limit invariant true
var mu sync.Mutex
var limit uint64 = 4

// Limit gives it.
func Limit() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return limit
}
