package p

import (
	"armada/machine/machine"
	"armada/machine/random"
)

//@ refines Draws over Memory

// @ op Zero
func Zero() uint64 {
	return machine.RandomUint64()
}

// @ op Same
func Same() bool {
	first := random.Uint64()
	return random.Uint64() == first
}

// @ op Small
func Small() bool {
	return machine.RandomUint64() < 1<<63
}

// @ recovery
func Recover() {}
