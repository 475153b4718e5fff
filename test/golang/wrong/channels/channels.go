// Package channels has functions that use channels, and panic or return false.
package channels

var twice = make(chan int, 1)

func testCloseTwice() bool {
	close(twice)
	close(twice)
	return true
}

var shut = make(chan int, 1)

func testSendToClosed() bool {
	close(shut)
	shut <- 1
	return true
}

var lastFirst = make(chan int, 2)

func testLastComesFirst() bool {
	lastFirst <- 1
	lastFirst <- 2
	return <-lastFirst == 2
}

var empty = make(chan int, 2)

func testClosedHasTheLastValue() bool {
	empty <- 3
	close(empty)
	<-empty
	return <-empty == 3
}

var lost = make(chan int, 2)

func testCloseDropsValues() bool {
	lost <- 3
	close(lost)
	_, ok := <-lost
	return !ok
}

var meeting = make(chan int)

func testUnbufferedLosesNothing() bool {
	go func() {
		meeting <- 1
		meeting <- 2
	}()
	<-meeting
	return <-meeting == 1
}

var closedUnbuffered = make(chan int)

func testSendToClosedUnbuffered() bool {
	close(closedUnbuffered)
	closedUnbuffered <- 1
	return true
}

var ready = make(chan int, 1)

func testDefaultThoughReady() bool {
	ready <- 1
	select {
	case <-ready:
		return false
	default:
		return true
	}
}

var shutSelect = make(chan int, 1)

func testSelectSendsToClosed() bool {
	close(shutSelect)
	select {
	case shutSelect <- 1:
	default:
	}
	return true
}

var full = make(chan int, 1)

func testSelectOverwrites() bool {
	full <- 1
	select {
	case full <- 2:
	default:
	}
	return <-full == 2
}

func testLenIsCap() bool {
	c := make(chan int, 2)
	c <- 1
	return len(c) == cap(c)
}
