package p

//@ refines Echo over Memory

// @ op Echo
func Echo(n uint64) bool {
	//@ carries v where v == n
	c := make(chan uint64, 1)
	go close(c)
	return <-c == n
}

// @ op Meet
func Meet(n uint64) bool {
	//@ carries v where v == n
	c := make(chan uint64, 1)
	go close(c)
	select {
	case v := <-c:
		return v == n
	}
}

// @ recovery
func Recover() {}
