// Package slot keeps a number that one thread at a time may use.
package slot

import "sync/atomic"

//@ token mine guards value

// @ invariant mine.held <==> taken == 1
var taken atomic.Uint32
var value uint64

// Put keeps a number, if nobody else does so.
func Put(n uint64) bool {
	//@ claim mine if old(taken) == 0
	if !taken.CompareAndSwap(0, 1) {
		return false
	}
	value = n
	//@ give mine
	taken.Store(0)
	return true
}
