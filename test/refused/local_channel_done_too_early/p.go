package p

import "sync/atomic"

//@ refines Events over Memory

var last atomic.Uint64

// @ op Put
func Put() {
	done := make(chan struct{})
	go func() {
		done <- struct{}{}
		last.Store(3)
	}()
	<-done
	if last.Load() != 3 {
		panic("not stored")
	}
}

// @ op Take
func Take() bool {
	return true
}

// @ op Stop
func Stop() {
}

// @ recovery
func Recover() {}
