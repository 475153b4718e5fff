// Package interfaces tests interface values.
package interfaces

type shape interface {
	area() int
	scale(n int)
}

type square struct{ side int }

func (s *square) area() int   { return s.side * s.side }
func (s *square) scale(n int) { s.side *= n }

type rectangle struct{ w, h int }

func (r *rectangle) area() int   { return r.w * r.h }
func (r *rectangle) scale(n int) { r.w *= n }

func testDynamicDispatch() bool {
	var s shape = &square{3}
	a := s.area()
	s = &rectangle{2, 5}
	return a == 9 && s.area() == 10
}

func testPointerInInterfaceIsShared() bool {
	sq := &square{2}
	var s shape = sq
	s.scale(3)
	return sq.side == 6 && s.area() == 36
}

func grown(s shape) int {
	s.scale(2)
	return s.area()
}

func testPassed() bool {
	r := rectangle{1, 3}
	return grown(&square{1}) == 4 && grown(&r) == 6 && r.w == 2
}

func testInSlice() bool {
	sum := 0
	for _, s := range []shape{&square{1}, &rectangle{2, 3}, &square{4}} {
		sum += s.area()
	}
	return sum == 23
}

type sized interface{ size() int }

type word string

func (w word) size() int { return len(w) }

type block [4]byte

func (b block) size() int { return len(b) }

func testValueInInterfaceIsACopy() bool {
	b := block{1}
	var s any = b
	b[0] = 9
	c := s.(block)
	return c[0] == 1 && s.(block).size() == 4
}

func testAssertion() bool {
	var s sized = word("abc")
	w, ok := s.(word)
	b, no := s.(block)
	return w == "abc" && ok && b == block{} && !no && s.(word) == "abc"
}

func testAssertionToInterface() bool {
	var a any = word("ab")
	s, ok := a.(sized)
	_, no := a.(shape)
	return ok && s.size() == 2 && !no
}

func kind(x any) int {
	switch v := x.(type) {
	case nil:
		return 0
	case int:
		return v
	case string:
		return len(v) + 100
	case bool, uint8:
		return 200
	case *square:
		return v.side + 300
	case sized:
		return v.size() + 400
	case error:
		return 500
	default:
		return 600
	}
}

func testTypeSwitch() bool {
	return kind(nil) == 0 && kind(7) == 7 && kind("ab") == 102 && kind(true) == 200 && kind(uint8(3)) == 200 &&
		kind(&square{5}) == 305 && kind(word("x")) == 401 && kind(int64(1)) == 600
}

func testFirstMatchingCase() bool {
	var x any = word("abc")
	n := 0
	switch x.(type) {
	case sized:
		n = 1
	case word:
		n = 2
	}
	return n == 1
}

func testNilInterfaceAndNilPointer() bool {
	var p *square
	var s shape
	none := s == nil
	s = p
	_, ok := s.(*square)
	return none && s != nil && ok && s.(*square) == nil
}

func testAssertionOnNil() bool {
	var a any
	_, ok := a.(int)
	s, no := a.(sized)
	return !ok && !no && s == nil
}

func testComparisonWithValue() bool {
	var a any = 3
	var s sized = word("a")
	return a == 3 && a != int64(3) && s == word("a") && s != sized(word("b"))
}

func testMethodValueOfInterface() bool {
	var s sized = word("abc")
	f := s.size
	s = word("x")
	return f() == 3 && s.size() == 1
}

func testMethodExpressionOfInterface() bool {
	f := sized.size
	return f(word("abcd")) == 4 && f(block{}) == 4
}

func testInterfaceInStruct() bool {
	type holder struct{ s sized }
	a, b := holder{word("a")}, holder{word("a")}
	c := holder{block{}}
	return a == b && a != c && a.s.size() == 1 && holder{}.s == nil
}

func testEmbeddedInterfaces() bool {
	type both interface {
		sized
		label() string
	}
	var x both = tag{word("abc"), "t"}
	var s sized = x
	return x.size() == 3 && x.label() == "t" && s.(both).label() == "t"
}

type tag struct {
	word
	text string
}

func (t tag) label() string { return t.text }

type failure struct{ code int }

func (f *failure) Error() string { return string(rune('0' + f.code)) }

func find(n int) (int, error) {
	if n < 0 {
		return 0, &failure{7}
	}
	return n * 2, nil
}

func testErrors() bool {
	a, err := find(4)
	_, bad := find(-1)
	return a == 8 && err == nil && bad != nil && bad.Error() == "7" && bad.(*failure).code == 7
}

func hidden(fail bool) error {
	var f *failure
	if fail {
		f = &failure{1}
	}
	return f
}

func testTypedNilIsAnError() bool {
	return hidden(false) != nil && hidden(true) != nil
}

var sentinel error = &failure{9}

func check(n int) error {
	if n > 3 {
		return sentinel
	}
	return nil
}

func testSentinel() bool {
	return check(4) == sentinel && check(3) == nil && check(4) != error(&failure{9})
}
