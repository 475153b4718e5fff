// Odd: the lock is a channel with room for one value, which one operation tries to take until it can.
// Expect: proved

// Package selecttrylock keeps a sum and a count.
package selecttrylock

//@ refines StatDB over Memory

//@ token lock guards sum, count, spec.numbers
//@   invariant sum == sum(spec.numbers) && count == len(spec.numbers)

//@ invariant lock.held <==> len(turn.queue) == 1
//@ invariant len(turn.queue) <= 1 && !turn.closed

var turn = make(chan struct{}, 1)

var sum, count uint64

// Add adds a number.
//
// @ op Add
func Add(n uint64) {
	//@ claim lock
	turn <- struct{}{}
	sum += n
	count++
	//@ give lock
	<-turn
}

// Avg returns the average, or zero, if nobody has the lock.
//
// @ op Avg
func Avg() uint64 {
	for {
		//@ retry
		//@ claim lock if len(turn.queue) > old(len(turn.queue))
		select {
		case turn <- struct{}{}:
			s, c := sum, count
			//@ give lock
			<-turn
			if c == 0 {
				return 0
			}
			return s / c
		default:
		}
	}
}

// Recover does nothing.
//
// @ recovery
func Recover() {}
