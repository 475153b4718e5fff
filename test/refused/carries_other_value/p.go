package p

//@ refines Echo over Memory

// @ op Echo
func Echo(n uint64) bool {
	//@ carries v where v == n
	c := make(chan uint64, 1)
	go func() { c <- n + 1 }()
	return <-c == n
}

// @ op Meet
func Meet(n uint64) bool {
	//@ carries v where v == n
	c := make(chan uint64, 1)
	stop := make(chan struct{}, 1)
	go func() {
		select {
		case c <- n:
		case stop <- struct{}{}:
		}
		select {
		case c <- 0:
		case stop <- struct{}{}:
		}
	}()
	return <-c == n
}

// @ recovery
func Recover() {}
