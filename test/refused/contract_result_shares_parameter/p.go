package p

//@ refines C over Memory

// @ ensures len(result) == len(s)
func same(s []uint64) []uint64 { return s }

// @ op Get
func Get() uint64 {
	s := []uint64{7}
	same(s)[0] = 3
	return s[0]
}

// @ recovery
func Recover() {}
