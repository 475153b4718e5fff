// Odd: a number is put into a plain variable by one thread and taken out by another one, which two channels without a buffer tell when.
// Expect: proved

// Package channelshandover keeps a sum and a count; whoever adds a number waits until another thread has seen it.
package channelshandover

import "sync"

//@ refines StatDB over Memory

// @ mu guards sum, count, spec.numbers
// @   invariant sum == sum(spec.numbers) && count == len(spec.numbers)
var mu sync.Mutex

var sum, count uint64

//@ token right guards box
//@   invariant len(full.queue) == 1 ==> box > 0

//@ invariant len(full.queue) + len(empty.queue) <= 1 && len(full.queue) <= 1 && len(empty.queue) <= 1
//@ invariant right.held ==> len(full.queue) == 0 && len(empty.queue) == 0
//@ invariant !mu.locked ==> len(full.queue) == 0 && len(empty.queue) == 0 && !right.held
//@ invariant !full.closed && !empty.closed

// box is of those who put numbers into it while it is empty, and of those who take them out while it is full.
var box uint64
var full = make(chan struct{})
var empty = make(chan struct{})

// Add adds a number.
//
// @ op Add
func Add(n uint64) {
	go take()
	//@ claim right
	mu.Lock()
	sum += n
	count++
	box = 7
	//@ give right
	full <- struct{}{}
	//@ claim right
	<-empty
	box = 0
	//@ give right
	mu.Unlock()
}

func take() {
	//@ claim right
	<-full
	//@ assert box > 0
	box--
	//@ give right
	empty <- struct{}{}
}

// Avg returns the average, or zero.
//
// @ op Avg
func Avg() uint64 {
	//@ claim right
	mu.Lock()
	s, c := sum, count
	//@ give right
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
