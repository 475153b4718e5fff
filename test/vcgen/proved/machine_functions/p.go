package p

import (
	"armada/machine/machine"
	"armada/machine/random"
)

//@ refines Machine over Memory

// @ op Round
func Round(v uint64) uint64 {
	b := make([]byte, 10)
	machine.UInt64Put(b[1:], v)
	machine.Assert(machine.UInt64Get(b[1:]) == v && b[0] == 0 && b[9] == 0)
	machine.Linearize()
	return machine.UInt64Get(machine.UInt64Encode(v))
}

// @ op Half
func Half(v uint64) uint64 {
	b := make([]byte, 4)
	machine.UInt32Put(b, uint32(v))
	return uint64(machine.UInt32Get(b))
}

// @ op Toss
func Toss() bool {
	return random.Uint64()%2 == 0
}

// @ recovery
func Recover() {}
