package p

//@ refines C over Memory

// @ requires n > 3
// @ ensures result == 7
func large(n uint64) uint64 {
	if n < 3 {
		return 1
	}
	return 7
}

// @ op Get
func Get(n uint64) uint64 { return large(n) }

// @ recovery
func Recover() {}
