// Package defers has functions that put off calls and panic or return false.
package defers

func stop(n int) int {
	if n > 2 {
		defer panic("too many")
	}
	return n
}

func testDeferredPanic() bool {
	return stop(3) == 3
}

func testPanicWhileReturning() bool {
	x := 1
	defer panic(x)
	return true
}
