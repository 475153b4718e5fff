package p

import (
	"armada/test/refused/imported_init_of_unused/plug"
	"armada/test/refused/imported_init_of_unused/reg"
)

//@ refines NoneRegistered over Memory

// Without what plug does at the start this is true.
//
// @ invariant reg.count == 0

// @ op Count
func Count() uint64 { return reg.Count() + plug.Answer - 42 }

// @ recovery
func Recover() {}
