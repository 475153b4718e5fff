// Package queue appends where it is known whether there is room: to what is empty, and to what has been made with room.
package queue

import "sync"

//@ refines Queue over Memory

// @ mu guards first, second, third, spec.count
// @   invariant len(first) == 1 + spec.count && first[0] == 7
// @   invariant len(second) == 2 && second[0] == 8 && second[1] == 9
// @   invariant len(third) == 1 && third[0] == 5
var mu sync.Mutex
var first, second, third []uint64

func init() {
	first = append(first, 7)
}

//@ boot
func Start() {
	second = make([]uint64, 0, 4)
	second = append(second, 8)
	second = append(second, 9)
	third = append(third, 5)
}

//@ op Put
func Put(v uint64) {
	mu.Lock()
	defer mu.Unlock()
	first = append(first, v)
}

//@ op Second
func Second() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return second[1]
}
