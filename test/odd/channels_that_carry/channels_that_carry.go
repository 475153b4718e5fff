// Odd: what comes out of a channel of the call is known by what is said of it where it is made.
// Expect: proved

// Package channelsthatcarry sends numbers to itself.
package channelsthatcarry

//@ refines Echo over Memory

// Echo sends a number in each of two goroutines and receives one of them.
//
// @ op Echo
func Echo(n uint64) bool {
	least := n
	//@ carries v where v == least || v == least+1
	c := make(chan uint64, 1)
	for i := range uint64(2) {
		go send(c, n, i)
	}
	least = 0
	v := <-c
	return v == n && least == 0 || v == n+1
}

func send(to chan<- uint64, n, more uint64) {
	to <- n + more%2
}

type answer struct {
	number uint64
	even   bool
}

// Meet has its number looked at in a goroutine.
//
// @ op Meet
func Meet(n uint64) bool {
	//@ carries a where a.number == n && (a.even <==> n%2 == 0)
	answers := make(chan answer, 1)
	stop := make(chan struct{})
	go func() {
		defer close(answers)
		select {
		case answers <- answer{n, n%2 == 0}:
		case <-stop:
		}
	}()
	a, ok := <-answers
	close(stop)
	return !ok || a.number == n && a.even == (n%2 == 0)
}

// Recover does nothing.
//
// @ recovery
func Recover() {}
