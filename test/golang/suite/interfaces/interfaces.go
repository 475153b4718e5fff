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

type counter struct{ n int }

func (c counter) read() int { return c.n }
func (c *counter) add() int {
	c.n++
	return c.n
}

type reader interface{ read() int }

type readAdder interface {
	reader
	add() int
}

func testMethodSetOfPointerHasBoth() bool {
	var a any = &counter{1}
	var b any = counter{5}
	both, ok := a.(readAdder)
	_, no := b.(interface{ add() int })
	r, yes := b.(reader)
	return ok && both.add() == 2 && both.read() == 2 && !no && yes && r.read() == 5
}

func testMethodOnValueWorksOnACopy() bool {
	c := counter{1}
	var r reader = c
	c.add()
	p := &c
	var s reader = p
	c.add()
	return r.read() == 1 && s.read() == 3 && r != s
}

type outer struct {
	counter
	label string
}

func (o outer) read() int { return 100 + o.counter.read() }

type plainOuter struct{ *counter }

func testShadowedAndPromotedMethods() bool {
	c := counter{7}
	rs := []reader{outer{c, "x"}, plainOuter{&c}, c, &c}
	c.add()
	sum := 0
	for _, r := range rs {
		sum = sum*1000 + r.read()
	}
	return sum == 107_008_007_008
}

func testDifferentDynamicTypesDiffer() bool {
	type own int
	var a, b any = 1, own(1)
	var c, d any = [2]int{1, 2}, [2]int{1, 2}
	return a != b && c == d && a != c && b == own(1) && a != nil
}

func testUncomparableTypesAreFineUnlessTheyMeet() bool {
	var s, n any = []int{1}, 1
	var m any = map[int]int{}
	return s != n && s != m && s != nil && n == 1
}

func testStructsStopAtTheFirstDifference() bool {
	type pair struct {
		n int
		x any
	}
	a, b := pair{1, []int{1}}, pair{2, []int{1}}
	return a != b
}

func testVariableOfSeveralTypesIsTheInterface() bool {
	f := func(x any) any {
		switch v := x.(type) {
		case int, string:
			return v
		default:
			return v == nil
		}
	}
	return f(3) == any(3) && f("a") == "a" && f(nil) == true && f(uint8(1)) == false
}

func pair(n int) (int, *failure) {
	if n > 0 {
		return n, nil
	}
	return n, &failure{n}
}

func converted(n int) (any, error) { return pair(n) }

func count(first any, rest ...any) int {
	for _, each := range rest {
		if each == first {
			return len(rest)
		}
	}
	return -len(rest)
}

func three() (int, string, int) { return 4, "x", 4 }

func testResultsAreConverted() bool {
	a, err := converted(3)
	var b any
	var e error
	b, e = pair(-1)
	return a == 3 && err != nil && err.(*failure) == nil && b == -1 && e.(*failure).code == -1 && count(three()) == 2
}

func testRangeConverts() bool {
	var k, v any
	for k, v = range []string{"a", "b"} {
	}
	var i any
	n := 3
	for i = range n {
	}
	return k == 1 && v == "b" && i == 2
}

func testCommaOkConverts() bool {
	var v, ok any
	v, ok = map[int]string{1: "a"}[1]
	w, no := v.(int)
	return v == "a" && ok == true && w == 0 && !no
}

func deferred(out *int) {
	var r reader = &counter{1}
	defer func() { *out += r.read() * 10 }()
	c := counter{5}
	var s interface{ add() int } = &c
	defer s.add()
	s = &counter{8}
	*out = s.add()
	r = c
}

func testDeferredMethod() bool {
	n := 0
	deferred(&n)
	return n == 59
}

type box[T any] struct{ v T }

func (b *box[T]) get() T  { return b.v }
func (b *box[T]) set(v T) { b.v = v }

type holder[T any] interface {
	get() T
	set(T)
}

func testGenericTypesInInterfaces() bool {
	var h holder[int] = &box[int]{3}
	var a any = h
	h.set(h.get() * 2)
	_, no := a.(holder[string])
	return a.(holder[int]).get() == 6 && !no
}

type handler func(int) int

func (h handler) read() int { return h(2) }

func testFunctionsWithMethods() bool {
	k := 10
	var r reader = handler(func(n int) int { return n * k })
	k = 20
	return r.read() == 40
}

func testInterfacesInContainers() bool {
	m := map[string]reader{"a": counter{1}}
	m["b"] = &counter{2}
	t := [2]any{1, "x"}
	u := t
	u[0] = nil
	return m["a"].read()+m["b"].read() == 3 && m["c"] == nil && t == [2]any{1, "x"} && t != u
}

func testKeysByTypeAndValue() bool {
	type point struct{ x, y any }
	m := map[point]int{{1, 2}: 3}
	m[point{1, "2"}] = 4
	_, no := m[point{1, nil}]
	return m[point{1, 2}] == 3 && m[point{1, "2"}] == 4 && !no && len(m) == 2
}

func reassigned(flip bool) int {
	var r reader = counter{1}
	f := func() { r = &counter{2} }
	if flip {
		f()
	}
	return r.read()
}

func testVariableIsReassigned() bool {
	return reassigned(false) == 1 && reassigned(true) == 2
}

type wrapped struct {
	inner error
	where string
}

func (w *wrapped) Error() string { return w.where }

func root(err error) error {
	for {
		w, ok := err.(*wrapped)
		if !ok {
			return err
		}
		err = w.inner
	}
}

func testChainOfErrors() bool {
	f := &failure{3}
	err := error(&wrapped{&wrapped{f, "a"}, "b"})
	return root(err) == error(f) && err.Error() == "b" && root(nil) == nil
}

func testSwitchOnInterface() bool {
	var x any = "b"
	switch x {
	case 1:
		return false
	case "b":
		return x != nil
	}
	return false
}

func testMethodValueKeepsItsReceiver() bool {
	c := counter{1}
	var r reader = c
	f := r.read
	var p reader = &c
	g := p.read
	c.n = 9
	r = nil
	return f() == 1 && g() == 9 && r == nil
}
