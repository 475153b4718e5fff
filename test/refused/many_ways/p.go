// Package manyways has ops with more ways through their branches than are walked one by one. Each is wrong on one of the ways.
package manyways

import "sync"

//@ refines Ways over Memory

// @ lock guards n, spec.n
// @   invariant n == spec.n
var lock sync.Mutex
var n uint64

// @ op First
func First(a uint64) uint64 {
	v := uint64(7)
	switch a {
	case 0:
		v = 8
	case 1:
		v = 7
	case 2:
		v = 7
	case 3:
		v = 7
	case 4:
		v = 7
	case 5:
		v = 7
	}
	return v
}

// @ op Middle
func Middle(a uint64) uint64 {
	v := uint64(7)
	switch a {
	case 0:
		v = 7
	case 1:
		v = 7
	case 2:
		v = 7
	case 3:
		v = 8
	case 4:
		v = 7
	case 5:
		v = 7
	}
	return v
}

// @ op Last
func Last(a uint64) uint64 {
	v := uint64(8)
	switch a {
	case 0:
		v = 7
	case 1:
		v = 7
	case 2:
		v = 7
	case 3:
		v = 7
	case 4:
		v = 7
	case 5:
		v = 7
	}
	return v
}

// @ op Rotated
func Rotated(a uint64) uint64 {
	v := uint64(0)
	switch a {
	case 0:
		v = 1
	case 1:
		v = 2
	case 2:
		v = 3
	case 3:
		v = 4
	case 4:
		v = 5
	case 5:
		v = 6
	}
	return v
}

// @ op Leaves
func Leaves(a uint64) {
	switch a {
	case 0, 1, 2:
	case 3:
		return
	case 4, 5, 6, 7:
	}
	lock.Lock()
	n = n + 1
	lock.Unlock()
}

// @ op Divides
func Divides(a, b uint64) {
	v := uint64(6)
	switch a {
	case 0:
		v = 0
	case 1:
		v = 1
	case 2:
		v = 2
	case 3:
		v = 3 / b
	case 4:
		v = 4
	case 5:
		v = 5
	}
	lock.Lock()
	lock.Unlock()
	_ = v
}

// @ recovery
func Recover() {
	n = 0
}
