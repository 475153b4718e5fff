// Package p follows pointers to elements of an array, to fields and to locals, which are only another name for them.
package p

import "sync"

//@ refines Items over Memory

type item struct{ used, n uint64 }

// @ mu guards items.used, items.n, spec.used, spec.n
// @   invariant forall i uint64 :: i < 4 ==> items.n[i] == spec.n[i] && items.used[i] == spec.used[i]
var mu sync.Mutex

var items [4]item

func (it *item) add(d uint64) uint64 {
	n := &it.n
	*n += d
	return *n
}

func take(n, into *uint64) {
	*into += *n
	*n = 0
}

// @ op Add
func Add(i, d uint64) uint64 {
	if i >= 4 {
		return 0
	}
	mu.Lock()
	defer mu.Unlock()
	it := &items[i]
	i = 3 // the pointer is still to the element that it was made of
	it.used++
	return it.add(d)
}

// @ op Move
func Move(i, j uint64) {
	if i >= 4 || j >= 4 || i == j {
		return
	}
	mu.Lock()
	defer mu.Unlock()
	from := &items[i]
	moved := uint64(0)
	sum := &moved
	take(&from.n, sum)
	to := &items[j]
	same := to
	same.n += moved
}

// @ recovery
func Recover() {}
