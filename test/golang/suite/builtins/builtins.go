// Package builtins tests the predeclared functions.
package builtins

func testMinMax() bool {
	a, b, c := int8(-5), int8(3), int8(127)
	return min(a, b, c) == -5 && max(a, b, c) == 127 && min(b) == 3 && max(c, b) == 127
}

func testMinMaxUnsigned() bool {
	a, b := uint64(1<<63), uint64(1)
	return max(a, b) == 1<<63 && min(a, b) == 1
}

func testMinMaxWithConstants() bool {
	x := uint8(9)
	const c = max(3, 'a', 4)
	return min(x, 5) == 5 && max(x, 5, 200) == 200 && c == 97
}

func testMinMaxStrings() bool {
	a, b := "b", "ab"
	return min(a, b) == "ab" && max(a, b, "") == "b"
}

func testLenCap() bool {
	var t [3]int
	p := &t
	s := t[:1]
	m := map[int]int{4: 4}
	c := make(chan int, 5)
	return len(t) == 3 && len(p) == 3 && cap(p) == 3 && len(s) == 1 && cap(s) == 3 && len(m) == 1 && cap(c) == 5 && len(c) == 0
}

func testLenIsInt() bool {
	s := []byte{1, 2}
	n := len(s) - 3
	return n == -1 && n < len(s)
}

func testLenOfCallIsEvaluated() bool {
	n := 0
	f := func() [3]int {
		n++
		return [3]int{}
	}
	a := len(f())
	b := len(grow(&n))
	return a == 3 && b == 2 && n == 11
}

func grow(n *int) []int {
	*n += 10
	return make([]int, 2)
}

func testLenOfArrayIsNotEvaluated() bool {
	var t [4]int
	i := 100
	var tables [2][4]int
	return len(t) == 4 && len(tables[i-100]) == 4
}

func testNew() bool {
	p := new(struct{ n uint8 })
	q := new([2]int)
	p.n--
	q[1] = 3
	return p.n == 255 && *q == [2]int{0, 3}
}

func testDeleteInCondition() bool {
	m := map[int]int{1: 1}
	if v, ok := m[1]; ok && v == 1 {
		delete(m, v)
	}
	return len(m) == 0
}

func testCopyIsLimitedByDestination() bool {
	var t [3]byte
	n := copy(t[:], "hello")
	m := copy(t[2:], []byte{9, 9})
	return n == 3 && m == 1 && t == [3]byte{'h', 'e', 9}
}

func testAppendSeveral() bool {
	s := append([]int(nil), 1, 2, 3)
	s = append(s, s[:0]...)
	s = append(s, s[:2]...)
	return len(s) == 5 && s[3] == 1 && s[4] == 2
}

func testClearOfEmpty() bool {
	var s []int
	var m map[int]int
	clear(s)
	clear(m)
	return s == nil && m == nil
}

func testNested() bool {
	s := []int{3, 1, 2}
	return max(len(s), cap(s[:1:1]), s[min(1, len(s))]) == 3 && min(len(append(s, 4)), 10) == 4
}
