package p

//@ refines C over Memory

// @ ensures result == 7
// @ decreases a, b
func back(a, b uint64) uint64 {
	if b == 0 {
		return 7
	}
	return back(a+1, b-1)
}

// @ op Get
func Get() uint64 { return back(0, 3) }

// @ recovery
func Recover() {}
