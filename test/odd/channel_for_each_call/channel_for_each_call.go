// Odd: each call has a channel of its own, so that it gets back what it has sent; but nothing is known of what comes out of it.
// Expect: unproved

// Package channelforeachcall sends numbers to itself.
package channelforeachcall

//@ refines Echo over Memory

// Echo sends a number and receives it.
//
// @ op Echo
func Echo(n uint64) bool {
	c := make(chan uint64, 1)
	c <- n
	return <-c == n // want: result
}

// Meet sends a number in a goroutine and receives it.
//
// @ op Meet
func Meet(n uint64) bool {
	c := make(chan uint64)
	go func() { c <- n }()
	return <-c == n // want: result
}

// Recover does nothing.
//
// @ recovery
func Recover() {}
