// Package goroutines has functions that wait for goroutines and return false.
package goroutines

import (
	"sync"
	"sync/atomic"
)

var given atomic.Int64
var first sync.WaitGroup

func testArgumentIsThatOfLater() bool {
	x := int64(1)
	first.Add(1)
	go func(n int64) {
		given.Store(n)
		first.Done()
	}(x)
	x = 2
	first.Wait()
	return given.Load() == x
}

var rounds atomic.Int64
var second sync.WaitGroup

func testLoopVariableIsThatOfTheLastRound() bool {
	for i := range int64(3) {
		second.Add(1)
		go func() {
			rounds.Add(i)
			second.Done()
		}()
		second.Wait()
	}
	return rounds.Load() == 6
}

var kept atomic.Int64
var third sync.WaitGroup

func testNothingHappens() bool {
	s := []int64{1, 2}
	third.Add(1)
	go func() {
		s[0] = 5
		kept.Store(s[0])
		third.Done()
	}()
	third.Wait()
	return kept.Load() == 0
}
