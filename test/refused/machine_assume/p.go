package p

import "armada/machine/machine"

//@ refines Asserted over Memory

// @ op Half
func Half(v uint64) uint64 {
	machine.Assume(v < 100)
	return v / 3
}

// @ recovery
func Recover() {}
