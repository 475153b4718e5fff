package p

//@ refines Echo over Memory

// @ op Echo
func Echo(n uint64) bool {
	k := n
	//@ carries v where v == k
	c := make(chan uint64, 1)
	k = n + 1
	c <- k
	return <-c == n
}

// @ op Meet
func Meet(n uint64) bool {
	k := n + 1
	//@ carries v where v == k
	c := make(chan uint64, 1)
	c <- k
	k = n
	return <-c == k
}

// @ recovery
func Recover() {}
