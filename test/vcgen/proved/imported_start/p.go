// Package p sees what the packages that it imports have done at the start, each before those that import it.
package p

import (
	"armada/test/vcgen/proved/imported_start/a"
	"armada/test/vcgen/proved/imported_start/b"
)

//@ refines Started over Memory

// @ invariant third == 8 && a.second == 67 && b.count == 8

var third = b.Next()

// @ op Numbers
func Numbers() (uint64, uint64) { return third, a.Second() }

// @ recovery
func Recover() {}
