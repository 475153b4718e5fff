package p

import "sync/atomic"

//@ refines Pair over Memory

//@ token l guards a, b, spec.a, spec.b invariant a == spec.a && b == spec.b

//@ invariant l.held <==> word == 1

var word atomic.Uint64
var a, b uint64

func acquire() {
	//@ retry
	//@ claim l if old(word) == 0
	for !word.CompareAndSwap(0, 1) {
	}
}

func release() {
	//@ give l
	word.Store(0)
}

// @ op Write
func Write(x, y uint64) {
	acquire()
	a = x
	b = y
	go func() {
		if a == 7 {
			return
		}
	}()
	release()
}

// @ op Read
func Read() (uint64, uint64) {
	acquire()
	x, y := a, b
	release()
	return x, y
}

// @ recovery
func Recover() {}
