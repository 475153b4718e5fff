package p

//@ refines C over Memory

// @ ensures forall i :: i < len(s) ==> s[i] == old(s)[i]
func touched(s []uint64) {
	if len(s) > 0 {
		s[0]++
	}
}

// @ op Get
func Get() uint64 {
	s := []uint64{7}
	touched(s)
	return s[0]
}

// @ recovery
func Recover() {}
