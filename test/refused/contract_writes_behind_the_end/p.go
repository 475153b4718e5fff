package p

//@ refines C over Memory

// @ ensures true
func behind(s []uint64) {
	if cap(s) > 1 {
		t := s[:2]
		t[1] = 3
	}
}

// @ op Get
func Get() uint64 {
	s := []uint64{7, 7}
	behind(s[:1])
	return s[1]
}

// @ recovery
func Recover() {}
