// Odd: whoever adds a number takes one of two locks that are channels, whichever is free, and counts how often.
// Expect: proved

// Package selecttwolocks keeps a sum and a count.
package selecttwolocks

import "sync"

//@ refines StatDB over Memory

// @ mu guards sum, count, spec.numbers
// @   invariant sum == sum(spec.numbers) && count == len(spec.numbers)
var mu sync.Mutex

var sum, count uint64

//@ token l guards byLeft
//@ token r guards byRight

//@ invariant (l.held <==> len(left.queue) == 1) && len(left.queue) <= 1 && !left.closed
//@ invariant (r.held <==> len(right.queue) == 1) && len(right.queue) <= 1 && !right.closed

var left, right = make(chan struct{}, 1), make(chan struct{}, 1)
var byLeft, byRight uint64

// Add adds a number.
//
// @ op Add
func Add(n uint64) {
	mu.Lock()
	sum += n
	count++
	mu.Unlock()
	//@ claim l if len(left.queue) > old(len(left.queue))
	//@ claim r if len(right.queue) > old(len(right.queue))
	select {
	case left <- struct{}{}:
		byLeft++
		//@ give l
		<-left
	case right <- struct{}{}:
		byRight++
		//@ give r
		<-right
	}
}

// Avg returns the average, or zero.
//
// @ op Avg
func Avg() uint64 {
	mu.Lock()
	s, c := sum, count
	mu.Unlock()
	if c == 0 {
		return 0
	}
	return s / c
}

// Recover does nothing.
//
// @ recovery
func Recover() {}
