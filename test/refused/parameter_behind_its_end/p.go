package p

//@ refines L over Memory

// Behind is wrong: the caller may pass a part of a slice.
//
// @ op Behind
func Behind(v []uint64) uint64 {
	n := len(v)
	if cap(v) > n {
		return v[:n+1][n]
	}
	return 0
}

// Last is right.
//
// @ op Last
func Last(v []uint64) uint64 {
	n := len(v)
	if n == 0 {
		return 0
	}
	return v[:cap(v)][n-1]
}

// @ recovery
func Recover() {}
