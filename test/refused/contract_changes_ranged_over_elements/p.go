package p

//@ refines C over Memory

// @ ensures true
func clearAll(s []uint64) {
	for i := range s {
		s[i] = 0
	}
}

// @ op Get
func Get() uint64 {
	s := []uint64{6, 6}
	n := uint64(0)
	for range s {
		clearAll(s)
		n = s[0]
	}
	return n
}

// @ recovery
func Recover() {}
