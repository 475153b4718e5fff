// Package pointers tests pointers to variables and parts of them.
package pointers

type node struct {
	value uint64
	next  *node
}

func testPointerToVariable() bool {
	x := uint64(1)
	p := &x
	*p = 5
	x++
	return *p == 6 && x == 6
}

func testTwoPointersToOneVariable() bool {
	x := 1
	p, q := &x, &x
	*p += 10
	*q *= 2
	return x == 22 && p == q
}

func testPointerReassigned() bool {
	x, y := 1, 2
	p := &x
	*p = 10
	p = &y
	*p = 20
	return x == 10 && y == 20
}

func testPointerToField() bool {
	n := node{value: 1}
	p := &n.value
	*p = 7
	m := n
	*p = 8
	return n.value == 8 && m.value == 7
}

func testPointerToElement() bool {
	t := [3]int{1, 2, 3}
	p := &t[1]
	t[1] = 20
	u := t
	*p++
	return t[1] == 21 && u[1] == 20
}

func testPointerToElementOfSlice() bool {
	s := []int{1, 2, 3}
	p := &s[0]
	t := s[0:1]
	t[0] = 9
	s = nil
	return *p == 9 && s == nil
}

func testNewIsZero() bool {
	p := new(uint64)
	q := new(uint64)
	*p += 3
	return *p == 3 && *q == 0 && p != q
}

func testAddressOfLiteral() bool {
	p, q := &node{value: 1}, &node{value: 1}
	p.value = 2
	return q.value == 1 && p != q && p.next == nil
}

func setValue(n *node, v uint64) { n.value = v }

func replace(n *node) {
	n = &node{value: 100}
	n.value++
}

func testPassedPointer() bool {
	var n node
	setValue(&n, 4)
	replace(&n)
	return n.value == 4
}

func local() *uint64 {
	x := uint64(3)
	return &x
}

func testVariableOutlivesCall() bool {
	p, q := local(), local()
	*p++
	return *p == 4 && *q == 3
}

func testLinkedList() bool {
	var head *node
	for i := uint64(1); i <= 3; i++ {
		head = &node{i, head}
	}
	sum := uint64(0)
	for n := head; n != nil; n = n.next {
		sum = sum*10 + n.value
	}
	return sum == 321
}

func testReverseList() bool {
	list := &node{1, &node{2, &node{3, nil}}}
	var reversed *node
	for list != nil {
		list, list.next, reversed = list.next, reversed, list
	}
	return reversed.value == 3 && reversed.next.value == 2 && reversed.next.next.next == nil
}

func testPointerToPointer() bool {
	x, y := 1, 2
	p := &x
	pp := &p
	*pp = &y
	**pp = 9
	return x == 1 && y == 9 && p == &y
}

func testStructThroughPointerIsCopied() bool {
	p := &node{value: 1}
	n := *p
	n.value = 2
	*p = node{value: 3}
	return n.value == 2 && p.value == 3
}

func testAssignThroughPointerKeepsIdentity() bool {
	n := node{value: 1}
	p := &n
	n = node{value: 5}
	return p.value == 5 && p == &n
}

func testSwapThroughPointers() bool {
	x, y := 1, 2
	p, q := &x, &y
	*p, *q = *q, *p
	return x == 2 && y == 1
}

func testSharedTail() bool {
	tail := &node{value: 3}
	a, b := &node{1, tail}, &node{2, tail}
	a.next.value = 30
	return b.next.value == 30 && a.next == b.next && a != b
}

func testPointerToArray() bool {
	t := [3]int{1, 2, 3}
	p := &t
	p[1] = 20
	sum := 0
	for i := range p {
		sum += p[i]
	}
	return sum == 24 && len(p) == 3 && t[1] == 20
}

func testPointerInStructIsShared() bool {
	x := uint64(1)
	a := struct{ p *uint64 }{&x}
	b := a
	*b.p = 4
	return *a.p == 4 && x == 4
}

func testLoopVariablesAreDistinct() bool {
	var ps [3]*int
	for i := range ps {
		ps[i] = &i
	}
	*ps[0] += 10
	return *ps[0] == 10 && *ps[1] == 1 && *ps[2] == 2
}

func testThreeClauseLoopVariablesAreDistinct() bool {
	var ps [3]*int
	for i := 0; i < 3; i++ {
		ps[i] = &i
	}
	return *ps[0] == 0 && *ps[1] == 1 && *ps[2] == 2 && ps[0] != ps[1]
}

func testVariableInLoopIsNewEachRound() bool {
	var first *int
	for i := range 2 {
		x := i
		if first == nil {
			first = &x
		}
		x += 5
	}
	return *first == 5
}

func testGuardedNil() bool {
	var p *node
	return p == nil || p.value == 0
}

type tally struct{ n int }

func (t *tally) bump(by int) { t.n += by }

func testReceiverIsAPlaceOnceAndAPointerOnce() bool {
	a := tally{1}
	a.bump(2)
	b := &tally{10}
	list := []*tally{b}
	list[0].bump(5)
	return a.n == 3 && b.n == 15
}
