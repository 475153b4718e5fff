package p

import (
	"sync"
	"sync/atomic"
)

//@ refines Ticks over Memory

//@ guarantee unless holds(self, mu) while true: ticks == old(ticks)

var mu sync.RWMutex
var ticks atomic.Uint64

//@ invariant ticks == spec.ticks

// @ op Tick
func Tick() {
	mu.RLock()
	ticks.Add(1)
	mu.RUnlock()
}

// @ op Twice
func Twice() bool {
	mu.RLock()
	defer mu.RUnlock()
	x := ticks.Load()
	y := ticks.Load()
	return x == y
}

// @ recovery
func Recover() {}
