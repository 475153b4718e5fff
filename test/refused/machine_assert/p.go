package p

import "armada/machine/machine"

//@ refines Asserted over Memory

// @ op Half
func Half(v uint64) uint64 {
	machine.Assert(v/2*2 == v)
	return v / 2
}

// @ recovery
func Recover() {}
