package p

import "sync/atomic"

//@ refines Flag over Memory

var flag atomic.Bool

// @ op Set
func Set() {
	flag.Store(true)
}

// @ op Wait
func Wait() {
	//@ retry
	for !flag.Load() {
	}
}

// @ recovery
func Recover() {}
