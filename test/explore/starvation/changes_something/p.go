package p

import "sync/atomic"

//@ refines Flag over Memory

var flag atomic.Bool

var rounds atomic.Uint32

// @ op Wait
func Wait() {
	//@ retry
	for !flag.Load() {
		rounds.Add(1)
	}
}

// @ recovery
func Recover() {}
