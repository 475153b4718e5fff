package p

//@ refines L over Memory

// Missing is wrong: the caller may pass nil.
//
// @ op Missing
func Missing(v []uint64) bool {
	return v == nil
}

// Empty is wrong: the caller may pass something empty that is not nil.
//
// @ op Empty
func Empty(v []uint64) bool {
	return v == nil
}

// @ recovery
func Recover() {}
