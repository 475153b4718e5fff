package either300

import "my/many"

//@ refines One over Many

// @ op Get
func Get() uint64 {
	return many.Get()
}

// @ recovery
func Recover() {}
