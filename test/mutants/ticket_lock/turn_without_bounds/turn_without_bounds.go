// Mutant: No invariant says which turns are taken.
// Expect: unproved

// Package ticketlock keeps a sum in memory under a lock that serves threads in the order of their arrival.
//
// A thread draws the next number and waits until that number is served. When it is done, it has the following one served.
package ticketlock

import "sync/atomic"

//@ refines NumberedSum over Memory

//@ token lock guards sum, spec.sum invariant sum == spec.sum

//@ token turn[t]

//@ invariant next == spec.arrived && serving <= next

//@ invariant lock.held ==> turn.held[serving] && turn.owner[serving] == lock.owner

var next, serving atomic.Uint64

var sum uint64

func acquire() uint64 {
	//@ claim turn[next - 1]
	number := next.Add(1) - 1 // want: claim
	//@ retry
	//@ claim lock if serving == number
	for serving.Load() != number {
	}
	return number
}

func release(number uint64) {
	//@ give lock
	//@ give turn[number]
	serving.Store(number + 1)
}

// Add adds n to the sum.
//
// @ op Add
func Add(n uint64) {
	number := acquire()
	sum += n
	release(number)
}

// Get returns the sum.
//
// @ op Get
func Get() uint64 {
	number := acquire()
	v := sum
	release(number)
	return v
}

// Recover has nothing to do: the sum is zero again.
//
// @ recovery
func Recover() {}
