package p

//@ refines C over Memory

// @ requires len(t) > 0
// @ ensures t[0] == 1
// @ ensures len(s) > 0 ==> s[0] == old(s)[0]
func set(s, t []uint64) { t[0] = 1 }

// @ op Get
func Get() uint64 {
	s := []uint64{7}
	set(s, s)
	return s[0]
}

// @ recovery
func Recover() {}
