package p

//@ refines C over Memory

// @ ensures result == 8
// @ decreases n
func up(n uint64) uint64 { return up(n + 1) }

// @ op Get
func Get() uint64 { return up(3) - 1 }

// @ recovery
func Recover() {}
