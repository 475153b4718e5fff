// Package p uses generic types, interfaces and functions of another package.
package p

import "armada/test/vcgen/proved/imported_generic/lib"

//@ refines Boxed over Memory

type number uint64

func (n number) Double() uint64 { return uint64(n) * 2 }

// @ box.mu guards box.value, box.full, spec.value, spec.full
// @   invariant box.full == spec.full && (box.full ==> box.value == spec.value)
var box lib.Box[uint64]

// @ op Put
func Put(n uint64) bool {
	put := box.Put
	return put(n)
}

// @ op Take
func Take() (uint64, bool) {
	n, ok := box.Take()
	if !ok {
		return 0, false
	}
	return lib.Twice(number(n), func(m uint64) lib.Doubler { return number(m) }), true
}

// @ recovery
func Recover() {}
