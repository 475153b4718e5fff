package p

import "armada/test/refused/imported_function_reassigned/lib"

//@ refines ReassignedSpec over Memory

// @ op Get
func Get(a bool) uint64 { return lib.Pick(a) }

// @ recovery
func Recover() {}
