package p

import "armada/test/refused/imported_variable_assigned/lib"

//@ refines AssignedLimit over Memory

// @ op Set
func Set(n uint64) { lib.Set(n) }

// @ op Limit
func Limit() uint64 { return lib.Limit() }

// @ recovery
func Recover() {}
