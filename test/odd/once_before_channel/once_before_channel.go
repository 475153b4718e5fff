// Odd: a channel with room for two limits how many are at work, and each of them and their goroutines know by themselves that the `sync.Once` is done.
// Expect: proved

// Package oncebeforechannel keeps a sum and a count.
package oncebeforechannel

import "sync"

//@ refines StatDB over Memory

// @ mu guards sum, count, spec.numbers
// @   invariant sum == sum(spec.numbers) && count == len(spec.numbers)
var mu sync.Mutex

var sum, count uint64

// @ once guards none invariant once.done ==> none == 0
var once sync.Once

// none is the average of no numbers.
var none uint64

//@ invariant !places.closed

var places = make(chan struct{}, 2)

// Add adds a number.
//
// @ op Add
func Add(n uint64) {
	once.Do(load)
	places <- struct{}{}
	mu.Lock()
	sum += n
	count++
	mu.Unlock()
	go func() {
		<-places
		//@ assert once.done
		if none == 1 {
			return
		}
	}()
}

// Avg returns the average, or zero.
//
// @ op Avg
func Avg() uint64 {
	once.Do(load)
	places <- struct{}{}
	mu.Lock()
	s, c := sum, count
	mu.Unlock()
	<-places
	if c == 0 {
		return none
	}
	return s / c
}

func load() {
	none = 0
}

// Recover does nothing.
//
// @ recovery
func Recover() {}
