package p

//@ refines C over Memory

// @ requires n < 3 && n > 3
// @ ensures result == 7
func never(n uint64) uint64 { return n }

// @ op Get
func Get() uint64 { return never(3) }

// @ recovery
func Recover() {}
