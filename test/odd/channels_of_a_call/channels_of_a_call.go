// Odd: each call makes channels of its own, which helpers and goroutines get, and waits until they have done their part.
// Expect: proved

// Package channelsofacall keeps a sum and a count.
package channelsofacall

import (
	"sync"
	"sync/atomic"
)

//@ refines StatDB over Memory

// @ mu guards sum, count, spec.numbers
// @   invariant sum == sum(spec.numbers) && count == len(spec.numbers)
var mu sync.Mutex

var sum, count uint64

// calls is how many calls have been counted.
var calls atomic.Uint64

// stop is never closed.
var stop = make(chan struct{})

func counted(by uint64, done chan<- uint64) {
	done <- calls.Add(by)
}

func first(given <-chan uint64, other <-chan struct{}) uint64 {
	select {
	case n, ok := <-given:
		if ok {
			return n
		}
	case <-other:
	case <-stop:
	}
	return 0
}

// Add adds a number.
//
// @ op Add
func Add(n uint64) {
	given, done := make(chan uint64, 2), make(chan struct{})
	for i := range uint64(2) {
		go counted(i, given)
	}
	go func() {
		defer close(done)
		for range 3 {
			calls.Add(1)
		}
	}()
	mu.Lock()
	sum += n
	count++
	mu.Unlock()
	first(given, done)
	//@ retry
	for range done {
	}
}

// Avg returns the average, or zero.
//
// @ op Avg
func Avg() uint64 {
	type pair struct{ sum, count uint64 }
	var result chan pair = make(chan pair)
	go func() {
		mu.Lock()
		s, c := sum, count
		mu.Unlock()
		result <- pair{s, c}
	}()
	seen := <-result
	mu.Lock()
	s, c := sum, count
	mu.Unlock()
	if seen.count > c {
		c += 0
	}
	if c == 0 {
		return 0
	}
	return s / c
}

// Recover does nothing.
//
// @ recovery
func Recover() {}
