// Package slices tests slices: sharing, capacity, append and copy.
package slices

func testNilAndEmpty() bool {
	var a []int
	b := []int{}
	c := make([]int, 0)
	return a == nil && b != nil && c != nil && len(a) == 0 && cap(a) == 0 && len(b) == 0
}

func testSliceOfNilIsNil() bool {
	var a []int
	b := a[0:0]
	c := []int{}[0:0]
	return b == nil && c != nil
}

func testAppendNothingToNil() bool {
	var a []int
	b := append(a, a...)
	c := append(a, []int{}...)
	d := append([]int{}, a...)
	return b == nil && c == nil && d != nil
}

func testAppendToNil() bool {
	var a []uint64
	a = append(a, 4)
	a = append(a, 5, 6)
	return len(a) == 3 && a[0] == 4 && a[2] == 6 && cap(a) >= 3
}

func testMakeIsZero() bool {
	s := make([]uint64, 3, 10)
	return len(s) == 3 && cap(s) == 10 && s[0]+s[1]+s[2] == 0
}

func testAssignmentShares() bool {
	a := []int{1, 2, 3}
	b := a
	b[1] = 20
	return a[1] == 20
}

func testSliceShares() bool {
	a := []int{1, 2, 3, 4}
	b := a[1:3]
	b[0] = 20
	a[2] = 30
	return a[1] == 20 && b[1] == 30 && len(b) == 2 && cap(b) == 3
}

func testSliceOfArrayShares() bool {
	t := [4]int{1, 2, 3, 4}
	s := t[:2]
	s[0] = 10
	t[1] = 20
	u := t
	s[0] = 11
	return t[0] == 11 && s[1] == 20 && u[0] == 10 && cap(s) == 4
}

func testAppendWithinCapacityOverwrites() bool {
	a := []int{1, 2, 3, 4}
	b := a[:2]
	c := append(b, 30)
	return a[2] == 30 && len(b) == 2 && len(c) == 3 && c[1] == 2
}

func testAppendBeyondCapacityCopies() bool {
	a := []int{1, 2, 3}
	b := append(a[:3:3], 4)
	b[0] = 10
	return a[0] == 1 && len(b) == 4 && b[3] == 4 && b[1] == 2
}

func testTwoAppendsToOneSlice() bool {
	a := make([]int, 1, 4)
	b := append(a, 5)
	c := append(a, 6)
	return b[1] == 6 && c[1] == 6 && len(a) == 1
}

func testTwoAppendsWithoutCapacity() bool {
	a := make([]int, 1, 1)
	b := append(a, 5)
	c := append(a, 6)
	b[0] = 9
	return b[1] == 5 && c[1] == 6 && a[0] == 0 && c[0] == 0
}

func testThreeIndices() bool {
	a := []int{1, 2, 3, 4, 5}
	b := a[1:3:4]
	c := append(b, 40)
	d := append(c, 50)
	d[0] = 0
	return cap(b) == 3 && a[3] == 40 && a[1] == 2 && c[0] == 2 && len(d) == 4 && a[4] == 5
}

func testResliceUpToCapacity() bool {
	a := make([]int, 2, 5)
	b := a[:4]
	b[3] = 7
	c := a[1:5]
	return len(b) == 4 && c[2] == 7 && len(c) == 4 && cap(a[2:]) == 3
}

func testSliceBounds() bool {
	a := []int{1, 2, 3}
	return len(a[:]) == 3 && len(a[3:]) == 0 && len(a[:0]) == 0 && cap(a[3:]) == 0 && len(a[1:1]) == 0
}

func testCopy() bool {
	a := []int{1, 2, 3}
	b := make([]int, 2)
	n := copy(b, a)
	b[0] = 9
	return n == 2 && b[1] == 2 && a[0] == 1
}

func testCopyShorterSource() bool {
	a := []int{1, 2, 3}
	n := copy(a, []int{7})
	return n == 1 && a[0] == 7 && a[1] == 2 && copy(a, []int(nil)) == 0
}

func testCopyOverlapForward() bool {
	a := []int{1, 2, 3, 4, 5}
	n := copy(a[1:], a)
	return n == 4 && a[0] == 1 && a[1] == 1 && a[2] == 2 && a[3] == 3 && a[4] == 4
}

func testCopyOverlapBackward() bool {
	a := []int{1, 2, 3, 4, 5}
	n := copy(a, a[2:])
	return n == 3 && a[0] == 3 && a[1] == 4 && a[2] == 5 && a[3] == 4 && a[4] == 5
}

func testAppendItself() bool {
	a := []int{1, 2}
	a = append(a, a...)
	a = append(a, a[1:3]...)
	return len(a) == 6 && a[2] == 1 && a[4] == 2 && a[5] == 1
}

func testAppendOverlapping() bool {
	a := []int{1, 2, 3, 4}
	b := append(a[:1], a[2:]...)
	return len(b) == 3 && b[1] == 3 && b[2] == 4 && a[1] == 3 && a[2] == 4 && a[3] == 4
}

func testInsert() bool {
	a := []int{1, 2, 4}
	a = append(a[:2], append([]int{3}, a[2:]...)...)
	return len(a) == 4 && a[2] == 3 && a[3] == 4
}

func testRemoveFirst() bool {
	a := []int{1, 2, 3}
	b := a[1:]
	b[0] = 20
	return len(b) == 2 && a[1] == 20 && cap(b) == 2
}

func fill(s []int) {
	for i := range s {
		s[i] = i + 1
	}
	s = append(s, 100)
	s[0] = 50
}

func testPassedSliceIsShared() bool {
	s := make([]int, 2, 2)
	fill(s)
	return len(s) == 2 && s[0] == 1 && s[1] == 2
}

func testPassedSliceWithRoom() bool {
	s := make([]int, 2, 3)
	fill(s)
	return len(s) == 2 && s[0] == 50 && s[:3][2] == 100
}

func push(s *[]int, v int) { *s = append(*s, v) }

func testPointerToSlice() bool {
	var s []int
	push(&s, 4)
	push(&s, 5)
	return len(s) == 2 && s[1] == 5
}

func testLiteralWithIndices() bool {
	s := []int{5: 1, 2, 0: 7}
	return len(s) == 7 && s[6] == 2 && s[0] == 7 && s[3] == 0
}

func testSliceOfSlices() bool {
	m := make([][]int, 2)
	for i := range m {
		m[i] = make([]int, 2)
		m[i][1] = i + 1
	}
	n := m
	n[0] = []int{9}
	n[1][0] = 8
	return m[0][0] == 9 && m[1][0] == 8 && m[1][1] == 2 && len(m[0]) == 1
}

func testSharedRows() bool {
	row := []int{1, 2}
	m := [][]int{row, row}
	m[0][0] = 5
	return m[1][0] == 5 && row[0] == 5
}

func testSliceOfStructs() bool {
	type pair struct{ a, b int }
	s := []pair{{1, 2}, {3, 4}}
	p := s[0]
	p.a = 10
	s[1].b = 40
	t := append(s[:1:1], pair{5, 6})
	t[0].a = 7
	return s[0].a == 1 && s[1].b == 40 && t[1].a == 5
}

func testStructWithSliceShares() bool {
	type holder struct{ s []int }
	a := holder{[]int{1}}
	b := a
	b.s[0] = 2
	b.s = append(b.s, 3)
	return a.s[0] == 2 && len(a.s) == 1 && len(b.s) == 2
}

func testStack() bool {
	var s []uint64
	for i := range uint64(4) {
		s = append(s, i*i)
	}
	top := s[len(s)-1]
	s = s[:len(s)-1]
	return top == 9 && len(s) == 3 && s[2] == 4
}

func testQueue() bool {
	q := []int{1}
	sum := 0
	for len(q) > 0 {
		n := q[0]
		q = q[1:]
		sum += n
		if n < 4 {
			q = append(q, n*2, n*2+1)
		}
	}
	return sum == 28
}

func testFilterInPlace() bool {
	s := []int{1, 2, 3, 4, 5, 6}
	kept := s[:0]
	for _, v := range s {
		if v%2 == 0 {
			kept = append(kept, v)
		}
	}
	return len(kept) == 3 && s[0] == 2 && s[1] == 4 && s[2] == 6 && s[3] == 4
}

func testConversionToArray() bool {
	s := []int{1, 2, 3}
	t := [2]int(s)
	p := (*[2]int)(s)
	s[0] = 9
	return t == [2]int{1, 2} && p[0] == 9 && &p[1] == &s[1]
}

func testClear() bool {
	s := []int{1, 2, 3}
	clear(s[:2])
	return len(s) == 3 && s[0] == 0 && s[1] == 0 && s[2] == 3
}

func testLengthInCondition() bool {
	s := []int{1, 2, 3}
	i := 5
	return !(i < len(s) && s[i] > 0) && len(s[len(s):]) == 0
}

func testCapacityZeroMake() bool {
	s := make([]int, 0, 2)
	t := append(s, 1)
	u := append(s, 2)
	return len(s) == 0 && t[0] == 2 && u[0] == 2
}

func testLengthsOfNarrowTypes() bool {
	n := uint8(3)
	s := make([]bool, n, n*2)
	return len(s) == 3 && cap(s) == 6 && !s[n-1]
}

func testAppendArgumentsAreEvaluatedFirst() bool {
	s := make([]int, 1, 4)
	s[0] = 1
	s = append(s, s[0]+1, len(s))
	return len(s) == 3 && s[1] == 2 && s[2] == 1
}

func testSwapInAppend() bool {
	s := []int{1, 2, 3}
	i := 0
	s[i], s = 9, s[1:]
	return s[0] == 2 && len(s) == 2
}

func testAliasedRange() bool {
	s := []int{1, 2, 3}
	t := s[1:]
	for i := range t {
		t[i] += s[i]
	}
	return s[0] == 1 && s[1] == 3 && s[2] == 6
}

func testConversionToArrayCopies() bool {
	s := []int{1, 2, 3, 4}
	a := [2]int(s[1:])
	s[1] = 9
	b := [4]int(s)
	var none []int
	return a == [2]int{2, 3} && b == [4]int{1, 9, 3, 4} && [0]int(none) == [0]int{}
}
