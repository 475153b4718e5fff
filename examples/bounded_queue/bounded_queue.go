// Package boundedqueue is a queue in memory with room for a fixed number of values.
//
// Values are numbered in the order in which they come, and the one with number n stands in slot n % Capacity of an array.
// The queue has the values from first on. Put waits while the queue is full, Take while it is empty.
package boundedqueue

import "sync"

//@ refines BoundedQueue(Capacity) over Memory

// Capacity is how many values the queue has room for: a power of two, so that numbers may wrap.
const Capacity uint64 = 16

// @ mu guards ring, first, count, spec.values, spec.first, spec.count
// @   invariant first == spec.first && count == spec.count && count <= Capacity &&
// @     forall n uint64 :: n - first < count ==> ring[n % Capacity] == spec.values[n]
var mu sync.Mutex

var (
	ring     [Capacity]uint64
	first    uint64
	count    uint64
	notFull  = sync.NewCond(&mu)
	notEmpty = sync.NewCond(&mu)
)

// Put adds a value behind the others, as soon as there is room.
//
// @ op Put
func Put(v uint64) {
	mu.Lock()
	defer mu.Unlock()
	for count == Capacity {
		notFull.Wait()
	}
	ring[(first+count)%Capacity] = v
	count++
	notEmpty.Signal()
}

// Take removes the oldest value, as soon as there is one, and returns it.
//
// @ op Take
func Take() uint64 {
	mu.Lock()
	defer mu.Unlock()
	for count == 0 {
		notEmpty.Wait()
	}
	v := ring[first%Capacity]
	first++
	count--
	notFull.Signal()
	return v
}

// Length returns how many values are in the queue.
//
// @ op Length
func Length() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return count
}

// Recover has nothing to do: the queue is empty again.
//
// @ recovery
func Recover() {}
