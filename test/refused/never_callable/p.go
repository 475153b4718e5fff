package req2

//@ refines Typo over Memory

var n uint64

// @ op Get
func Get(a uint64) uint64 { return 99 }

// @ op Set
func Set(a, v uint64) { n = 3 / a }

// @ recovery
func Recover() {}
