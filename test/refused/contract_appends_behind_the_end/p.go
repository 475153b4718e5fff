package p

//@ refines C over Memory

// @ ensures len(result) == len(s) + 1
func added(s []uint64) []uint64 { return append(s, 3) }

// @ op Get
func Get() uint64 {
	s := []uint64{7, 7}
	_ = added(s[:1])
	return s[1]
}

// @ recovery
func Recover() {}
