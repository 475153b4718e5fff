package p

import "sync"

//@ refines Lazy over Memory

// @ once guards limit, spec.limit, spec.known
// @   invariant (once.done ==> limit == 10 && spec.known) && (spec.known ==> spec.limit == 10)
var once sync.Once
var limit uint64

func load() {
	limit = 10
}

// @ op Limit
func Limit() uint64 {
	once.Do(load)
	return limit
}

// @ recovery
func Recover() {}
