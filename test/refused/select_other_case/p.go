package p

//@ refines Events over Memory

//@ invariant !one.closed && (forall i uint64 :: i < len(one.queue) ==> one.queue[i] > 0)

var one = make(chan uint64, 4)
var other = make(chan uint64, 4)

// @ op Put
func Put() {
	one <- 3
}

// @ op Take
func Take() bool {
	select {
	case v := <-one:
		return v > 0
	case v := <-other:
		return v > 0
	}
}

// @ op Stop
func Stop() {
	other <- 0
}

// @ recovery
func Recover() {}

// @ boot
func Boot() {
	other <- 0
}
