package p

//@ refines L over Memory

// The channel with room for one value would be a lock if it were not another one in each call.

//@ token t guards x

var x uint64

// @ op First
func First() {
	turn := make(chan struct{}, 1)
	//@ claim t
	turn <- struct{}{}
	x = 5
	//@ give t
	<-turn
}

// @ op Second
func Second() {
}

// @ recovery
func Recover() {}
