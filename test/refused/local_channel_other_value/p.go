package p

//@ refines Events over Memory

// @ op Put
func Put() {
}

// @ op Take
func Take() bool {
	c := make(chan uint64, 2)
	go func() { c <- 0 }()
	go func() { c <- 1 }()
	return <-c > 0
}

// @ op Stop
func Stop() {
}

// @ recovery
func Recover() {}
