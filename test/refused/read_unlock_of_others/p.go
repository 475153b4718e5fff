package p

import "sync"

//@ refines RW over Memory

// @ mu guards a, b, spec.a, spec.b invariant a == spec.a && b == spec.b
var mu sync.RWMutex
var a, b uint64

// @ op Write
func Write(x, y uint64) {
	mu.Lock()
	defer mu.Unlock()
	a = x
	b = y
}

// @ op Read
func Read() (uint64, uint64) {
	mu.RLock()
	x, y := a, b
	mu.RUnlock()
	mu.RUnlock()
	return x, y
}

// @ recovery
func Recover() {}
