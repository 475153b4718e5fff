// Package channels tests channels that are package variables.
package channels

type item struct {
	n    int
	name string
}

var ordered = make(chan int, 3)

func testOrder() bool {
	ordered <- 1
	ordered <- 2
	a := <-ordered
	ordered <- 3
	ordered <- 4
	return a == 1 && <-ordered == 2 && <-ordered == 3 && <-ordered == 4
}

var closing = make(chan item, 2)

func testClosed() bool {
	closing <- item{7, "seven"}
	close(closing)
	a, ok := <-closing
	b, no := <-closing
	c := <-closing
	return a == item{7, "seven"} && ok && b == item{} && !no && c == item{}
}

var ranged = make(chan int, 4)

func testRange() bool {
	for i := range 3 {
		ranged <- i * i
	}
	close(ranged)
	sum, rounds := 0, 0
	//@ retry
	for v := range ranged {
		sum += v
		rounds++
	}
	//@ retry
	for range ranged {
		rounds++
	}
	return sum == 5 && rounds == 3
}

var broken = make(chan int, 4)

func testRangeWithBreak() bool {
	broken <- 1
	broken <- 2
	last := 0
	//@ retry
	for last = range broken {
		if last == 1 {
			break
		}
	}
	return last == 1 && <-broken == 2
}

const room = 1 + 2

var sized = make(chan struct{}, room)

func testCapacity() bool {
	sized <- struct{}{}
	<-sized
	return cap(sized) == 3
}

var answers = make(chan int, 1)

func testAnswerOfGoroutine() bool {
	x := 5
	go func() { answers <- x * x }()
	return <-answers == 25
}

var questions = make(chan int, 1)
var replies = make(chan int, 1)

func testWorker() bool {
	go func() {
		//@ retry
		for q := range questions {
			replies <- q + 1
		}
		close(replies)
	}()
	questions <- 1
	a := <-replies
	questions <- 10
	close(questions)
	b := <-replies
	_, ok := <-replies
	return a == 2 && b == 11 && !ok
}

var done = make(chan struct{})

func testDoneWithoutBuffer() bool {
	go close(done)
	_, ok := <-done
	<-done
	return !ok
}

var deferred = make(chan int, 2)

func sendLast() {
	defer close(deferred)
	n := 3
	defer func() { deferred <- n }()
	n++
}

func testDeferredSend() bool {
	sendLast()
	v, ok := <-deferred
	_, no := <-deferred
	return v == 4 && ok && !no
}

var byArgument = make(chan int, 2)

func add(a, b int) int { return 10*a + b }

func testReceiveInOrder() bool {
	byArgument <- 1
	byArgument <- 2
	return add(<-byArgument, <-byArgument) == 12
}

var square = make(chan int)

func testUnbufferedAnswer() bool {
	x := 5
	go func() { square <- x * x }()
	return <-square == 25
}

var pairs = make(chan item)

func testUnbufferedInOrder() bool {
	go func() {
		pairs <- item{1, "one"}
		pairs <- item{2, "two"}
		close(pairs)
	}()
	a, ok := <-pairs
	b := <-pairs
	c, no := <-pairs
	return a == item{1, "one"} && ok && b == item{2, "two"} && c == item{} && !no
}

var several = make(chan int)

func testUnbufferedSenders() bool {
	go func() { several <- 1 }()
	go func() { several <- 2 }()
	a := <-several
	b := <-several
	return a+b == 3 && a != b
}

var ping = make(chan int)
var pong = make(chan int)

func testPingPong() bool {
	go func() {
		n := <-ping
		pong <- n + 1
		n = <-ping
		pong <- n * 2
	}()
	ping <- 3
	a := <-pong
	ping <- a
	return a == 4 && <-pong == 8
}

var numbers = make(chan int)

func testUnbufferedRange() bool {
	go func() {
		for i := range 3 {
			numbers <- i
		}
		close(numbers)
	}()
	sum := 0
	//@ retry
	for n := range numbers {
		sum = 10*sum + n
	}
	return sum == 12 && cap(numbers) == 0
}

var handed = make(chan int)

func testReceiverInGoroutine() bool {
	go func() { <-handed }()
	handed <- 1
	return true
}

var polled = make(chan int, 1)

func testSelectWithDefaultTakesOther() bool {
	n := 0
	select {
	case v := <-polled:
		n = v
	default:
		n = 1
	}
	polled <- 5
	select {
	case v := <-polled:
		n += v * 10
	default:
		n += 1000
	}
	return n == 51
}

var limited = make(chan int, 1)

func testSelectSendsIfThereIsRoom() bool {
	sent := 0
	for i := range 3 {
		select {
		case limited <- i:
			sent++
		default:
		}
	}
	v, ok := <-limited
	return sent == 1 && v == 0 && ok
}

var left, right = make(chan int, 1), make(chan string, 1)

func testSelectTakesTheReadyCase() bool {
	text, number, ok := "", 0, false
	right <- "r"
	select {
	case number = <-left:
	case text, ok = <-right:
	}
	left <- 7
	select {
	case number = <-left:
	case text, ok = <-right:
	}
	return text == "r" && number == 7 && ok
}

var stopped = make(chan struct{})
var work = make(chan int, 3)
var finished = make(chan int)

func testWorkerWithStop() bool {
	go func() {
		sum := 0
		//@ retry
		for {
			select {
			case n := <-work:
				sum += n
				if sum == 6 {
					finished <- sum
				}
			case <-stopped:
				finished <- -1
				return
			}
		}
	}()
	work <- 1
	work <- 2
	work <- 3
	a := <-finished
	close(stopped)
	return a == 6 && <-finished == -1
}

var first, second = make(chan int, 1), make(chan int, 1)

func numbered(log *[]int, n int) int {
	*log = append(*log, n)
	return n
}

func testSelectEvaluatesAllOperands() bool {
	log := []int{}
	at := [2]int{}
	second <- 9
	select {
	case first <- numbered(&log, 1):
	case at[numbered(&log, 3)-2] = <-second:
	case second <- numbered(&log, 2):
	}
	if at[1] == 9 {
		return len(log) == 3 && log[0] == 1 && log[1] == 2 && log[2] == 3
	}
	return len(log) == 2 && log[0] == 1 && log[1] == 2 && <-first == 1
}

var ended = make(chan item, 1)

func testSelectOfClosed() bool {
	close(ended)
	rounds := 0
	//@ retry
loop:
	for {
		rounds++
		select {
		case v, ok := <-ended:
			if !ok && v == (item{}) {
				break loop
			}
			break
		default:
			return false
		}
		rounds += 100
	}
	return rounds == 1
}

var offered = make(chan int)

func testSelectReceivesFromUnbuffered() bool {
	go func() { offered <- 4 }()
	select {
	case v := <-offered:
		return v == 4
	case <-left:
		return false
	}
}

func testSelectOfDefaultOnly() bool {
	n := 0
	select {
	default:
		n = 3
	}
	return n == 3
}

var anything = make(chan int, 1)

func testSelectIntoInterface() bool {
	var x any
	anything <- 8
	select {
	case x = <-anything:
	}
	n, ok := x.(int)
	return ok && n == 8
}

var counted = make(chan int, 3)
var uncounted = make(chan int)

func testLen() bool {
	none := len(counted)
	counted <- 1
	counted <- 2
	two := len(counted)
	<-counted
	return none == 0 && two == 2 && len(counted) == 1 && len(uncounted) == 0
}

func testLenIsAtMostCap() bool {
	return len(counted) <= cap(counted) && len(counted) >= 0
}

func testLocalSelect() bool {
	results, quit := make(chan int), make(chan struct{})
	go func() {
		for i := range 3 {
			results <- i * i
		}
		close(quit)
	}()
	sum := 0
	//@ retry
	for {
		select {
		case n := <-results:
			sum += n
			continue
		case <-quit:
		}
		break
	}
	return sum == 5
}

func squares(n int, to chan<- int, done chan struct{}) {
	defer close(done)
	for i := range n {
		to <- i * i
	}
}

func total(from <-chan int, done <-chan struct{}) int {
	<-done
	return <-from + <-from + <-from
}

func testLocalByArguments() bool {
	var numbers chan int = make(chan int, 3)
	done := make(chan struct{})
	go squares(3, numbers, done)
	return total(numbers, done) == 5
}

func twoOfThem() bool {
	a, b := make(chan int, 1), make(chan int, 1)
	a <- 1
	b <- 2
	return <-b == 2 && <-a == 1
}

func testLocalsOfTwoCalls() bool {
	return twoOfThem() && twoOfThem()
}

var oneWay <-chan int = make(chan int, 1)

func testDeclaredForReceiving() bool {
	select {
	case <-oneWay:
		return false
	default:
		return cap(oneWay) == 1
	}
}
