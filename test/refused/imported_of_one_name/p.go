package p

import (
	first "armada/test/refused/imported_of_one_name/a/cell"
	second "armada/test/refused/imported_of_one_name/b/cell"
)

//@ refines TwoCells over Memory

// @ op SetA
func SetA(v uint64) { first.Set(v) }

// @ op GetA
func GetA() uint64 { return first.Get() }

// The other package has a variable of the same name.
//
// @ op GetB
func GetB() uint64 { return first.Get() }

// @ op SetB
func SetB(v uint64) { second.Set(v) }

// @ recovery
func Recover() {}
