package p

//@ refines C over Memory

// @ ensures result == 7
func first(s []uint64) uint64 {
	return s[0]
}

// @ op Get
func Get() uint64 { return first([]uint64{7}) }

// @ recovery
func Recover() {}
