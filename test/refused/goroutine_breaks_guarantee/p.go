package p

import (
	"sync"
	"sync/atomic"
)

//@ refines Ticks over Memory

//@ guarantee unless holds(self, mu) while true: other == old(other)

// @ mu guards ticks, spec.ticks
// @   invariant ticks == spec.ticks
var mu sync.Mutex
var ticks uint64
var other atomic.Uint64

// @ op Tick
func Tick() {
	mu.Lock()
	ticks++
	go other.Add(1)
	mu.Unlock()
}

// @ op Twice
func Twice() bool {
	mu.Lock()
	defer mu.Unlock()
	x := other.Load()
	y := other.Load()
	return x == y
}

// @ recovery
func Recover() {}
