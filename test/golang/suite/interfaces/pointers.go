package interfaces

import "errors"

// Variables whose values are known at first, and set by way of their addresses.

var errFirst = errors.New("first")
var errSecond = errors.New("second")

type numbered interface{ number() int }

type one struct{}
type two struct{}

func (one) number() int { return 1 }
func (two) number() int { return 2 }

type numberer func() int

func (n *numberer) set() { *n = func() int { return 2 } }

func setNil(p *error) { *p = nil }

func put[T any](p *T, v T) { *p = v }

func exchange[T any](p, q *T) { *p, *q = *q, *p }

func testErrorIsSetToNilByHelper() bool {
	err := errFirst
	setNil(&err)
	return err == nil
}

func testErrorIsSetByPointer() bool {
	var err error
	p := &err
	*p = errFirst
	return err != nil && err == errFirst
}

func testErrorIsSetByGenericHelper() bool {
	err := errFirst
	put(&err, errSecond)
	return err == errSecond
}

func testErrorsAreExchanged() bool {
	first, second := errFirst, error(nil)
	exchange(&first, &second)
	return first == nil && second == errFirst
}

func testParameterIsSetByPointer() bool {
	given := func(err error) bool {
		p := &err
		*p = errSecond
		return err == errSecond
	}
	return given(nil) && given(errFirst)
}

func testMethodOfWhatAPointerSet() bool {
	var n numbered = one{}
	p := &n
	*p = two{}
	return n.number() == 2
}

func testSwitchOnWhatAPointerSet() bool {
	var n numbered = one{}
	put(&n, numbered(two{}))
	switch n.(type) {
	case two:
		return true
	}
	return false
}

func testFunctionIsSetByPointer() bool {
	f := func() int { return 1 }
	p := &f
	*p = func() int { return 2 }
	return f() == 2
}

func testFunctionIsSetByItsMethod() bool {
	var n numberer = func() int { return 1 }
	n.set()
	return n() == 2
}

func testRangeSetsByPointer() bool {
	err := errFirst
	p := &err
	for _, *p = range []error{errSecond, nil} {
	}
	return err == nil
}

func setAndDeferred() (ok bool) {
	f := func() { ok = false }
	p := &f
	*p = func() { ok = true }
	defer f()
	return false
}

func testDeferredFunctionIsSetByPointer() bool {
	return setAndDeferred()
}
