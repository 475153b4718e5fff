package p

import "sync"

//@ refines L over Memory

// That a goroutine has the lock is no use to the one who waits for it.

// @ mu guards x
var mu sync.Mutex
var x uint64

// @ op First
func First() {
	locked, done := make(chan struct{}), make(chan struct{})
	go func() {
		mu.Lock()
		close(locked)
		<-done
		mu.Unlock()
	}()
	<-locked
	x = 5
	close(done)
}

// @ op Second
func Second() {
}

// @ recovery
func Recover() {}
