// Package counters counts under two names. What is counted is in memory that a function makes and returns.
package counters

import "sync"

//@ refines Counters over Memory

// Side is one of the counters.
type Side struct {
	//@ mu guards n, spec.right
	//@   invariant n == spec.right
	mu sync.Mutex
	n  uint64
}

// Counters is a pair of counters.
type Counters struct {
	//@ sync.mu guards left, spec.left
	//@   invariant left == spec.left
	sync  locked
	left  uint64
	right *Side
}

type locked struct {
	mu sync.Mutex
}

// Open makes two counters.
//
// @ boot
func Open() *Counters {
	start := uint64(3)
	c := &Counters{left: start}
	c.right = new(Side)
	_ = start
	for i := uint64(0); i < 2; i++ {
		c.right.n = 0
	}
	return c
}

func (c *Counters) reset(n uint64) {
	c.left -= n
}

// AddLeft counts n on the left.
//
// @ op AddLeft
func (c *Counters) AddLeft(n uint64) uint64 {
	c.sync.mu.Lock()
	defer c.sync.mu.Unlock()
	c.left += n
	return c.left
}

// AddRight counts n on the right.
//
// @ op AddRight
func (c *Counters) AddRight(n uint64) uint64 {
	return c.right.add(n)
}

func (s *Side) add(n uint64) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n += n
	return s.n
}
