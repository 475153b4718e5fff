package p

import "sync"

//@ refines Counter over Memory

// @ mu guards n, spec.n
// @   invariant n == spec.n
var mu sync.Mutex
var n uint64
var tasks sync.WaitGroup

// @ op Inc
func Inc() uint64 {
	mu.Lock()
	n++
	v := n
	mu.Unlock()
	go tasks.Done()
	return v
}

// @ recovery
func Recover() {}
