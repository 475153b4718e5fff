// Package interfaces has functions about interfaces that panic or return false.
package interfaces

type reader interface{ read() int }

type counter struct{ n int }

func (c *counter) read() int { return c.n }

type fixed int

func (f fixed) read() int { return int(f) }

func testTypedNilIsNil() bool {
	var c *counter
	var r reader = c
	return r == nil
}

func testMethodOfNil() bool {
	var r reader
	return r.read() == 0
}

func testMethodOfTypedNil() bool {
	var c *counter
	var r reader = c
	return r.read() == 0
}

func maybe(n int) reader {
	if n > 2 {
		return &counter{n}
	}
	return nil
}

func testMethodOfWhatMayBeNil() bool {
	return maybe(1).read() == 0
}

func testAssertionOfAnotherType() bool {
	var r reader = fixed(1)
	return r.(*counter).n == 1
}

func testAssertionOfNil() bool {
	var x any
	_, ok := x.(int)
	return ok || x.(int) == 0
}

func testAssertionToInterfaceWithoutTheMethod() bool {
	var x any = counter{1}
	return x.(reader).read() == 1
}

func testNamedTypeIsItsUnderlyingType() bool {
	var x any = fixed(1)
	return x == 1
}

func testSlicesInInterfaces() bool {
	var a, b any = []int{1}, []int{1}
	return a == b || a != b
}

func testStructWithSliceInInterface() bool {
	type pair struct {
		n int
		s []int
	}
	var a, b any = pair{1, nil}, pair{2, nil}
	return a != b
}

func testPanicBeforeTheDifference() bool {
	type pair struct {
		x any
		n int
	}
	a, b := pair{func() {}, 1}, pair{func() {}, 2}
	return a != b
}

func testKeyWithoutHash() bool {
	m := map[any]int{}
	_, ok := m[[]int{1}]
	return !ok
}

func testDeleteOfKeyWithoutHash() bool {
	var m map[any]int
	delete(m, map[int]int{})
	return m == nil
}

func testChangeIsSeenThroughTheInterface() bool {
	f := fixed(1)
	var r reader = f
	f = 2
	return r.read() == int(f)
}

func testSecondCaseIsTaken() bool {
	var x any = fixed(1)
	switch x.(type) {
	case reader:
		return false
	case fixed:
		return true
	}
	return false
}

func testDispatchOnTheOldType() bool {
	var r reader = fixed(1)
	set := func(to reader) { r = to }
	set(&counter{2})
	return r.read() == 1
}

func testDefaultIsForNil() bool {
	var x any
	switch x.(type) {
	case nil:
		return false
	default:
		return true
	}
}

func testEachImplementationReturnsTheSame() bool {
	sum := 0
	for _, r := range []reader{fixed(3), &counter{4}} {
		sum += r.read()
	}
	return sum == 6
}

func setNil(p *error) { *p = nil }

func testErrorStaysWhereAHelperSetsIt() bool {
	var err error = failure(1)
	setNil(&err)
	return err != nil
}

func testFunctionStaysWhereAPointerSetsIt() bool {
	f := func() int { return 1 }
	p := &f
	*p = func() int { return 2 }
	return f() == 1
}

type failure int

func (failure) Error() string { return "failure" }
