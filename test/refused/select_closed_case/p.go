package p

//@ refines Events over Memory

//@ invariant !open.closed && (forall i uint64 :: i < len(open.queue) ==> open.queue[i] > 0)

var open = make(chan uint64, 4)
var perhaps = make(chan uint64, 4)

// @ op Put
func Put() {
	select {
	case open <- 3:
	case perhaps <- 3:
	default:
	}
}

// @ op Take
func Take() bool {
	return <-open > 0
}

// @ op Stop
func Stop() {
	<-perhaps
}

// @ recovery
func Recover() {}

// @ boot
func Boot() {
	close(perhaps)
}
