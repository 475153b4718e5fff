package guar

import (
	"sync"

	"my/mon"
)

//@ refines S over Mon

// @ mu guards a
var mu sync.Mutex

//@ guarantee unless holds(self, mu) while a == a: b == old(b)

// @ op Check
func Check() bool {
	mu.Lock()
	x := mon.Get()
	for i := uint64(0); i < 1; i++ {
		mu.Unlock()
		mu.Lock()
	}
	y := mon.Get()
	mu.Unlock()
	return x == y
}

// @ op Reset
func Reset() {
	mu.Lock()
	mon.Reset()
	mu.Unlock()
}

// @ op Inc
func Inc() {
	mu.Lock()
	mon.Inc()
	mu.Unlock()
}

// @ recovery
func Recover() {}
