package p

import "sync"

//@ refines Items over Memory

type item struct{ n uint64 }

type node struct {
	next  *node
	value uint64
}

// @ mu guards items.n, spec.n
// @   invariant forall i uint64 :: i < 4 ==> items.n[i] == spec.n[i]
var mu sync.Mutex

var items [4]item

// @ op Late
func Late(i uint64) uint64 {
	if i >= 3 {
		return 0
	}
	it := &items[i]
	mu.Lock()
	mu.Unlock()
	return it.n
}

// @ op Next
func Next(i uint64) uint64 {
	if i >= 3 {
		return 0
	}
	mu.Lock()
	defer mu.Unlock()
	it := &items[i+1]
	return it.n
}

// @ op Unlocked
func Unlocked(i uint64) {
	if i >= 3 {
		return
	}
	it := &items[i]
	it.n = 1
}

// @ op Beyond
func Beyond(i uint64) {
	mu.Lock()
	defer mu.Unlock()
	it := &items[i]
	it.n = 1
}

// @ op Nil
func Nil() uint64 {
	var list node
	value := &list.next.value
	if list.value == 1 {
		return *value
	}
	return 0
}

// @ op Moved
func Moved(x uint64) uint64 {
	s := []uint64{7, 8}
	first := &s[0]
	s = s[1:]
	s[0] = 9
	t := [2]uint64{7, 8}
	i := x % 2
	at := &t[i]
	i = 1 - i
	*at = 9
	if *first != 7 || t[i] == 9 {
		return 1
	}
	return t[0]
}

// @ recovery
func Recover() {}
