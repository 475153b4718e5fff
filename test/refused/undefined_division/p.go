package undef

//@ refines Undef over Memory

//@ invariant len(spec.log) == 0 && spec.z == 0 && !isSome(spec.o)

// @ op At
func At(i uint64) uint64 { return 0 }

// @ op Div
func Div(i uint64) uint64 { return 5 }

// @ op Opt
func Opt() uint64 { return 0 }

// @ recovery
func Recover() {}
