package p

import "sync"

//@ refines Calls over Memory

// @ mu guards spec.calls
var mu sync.RWMutex

// @ op Call
func Call() {
	mu.RLock()
	mu.RUnlock()
}

// @ recovery
func Recover() {}
