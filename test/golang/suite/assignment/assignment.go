// Package assignment tests assignments of several values at once.
package assignment

func testSwap() bool {
	a, b := uint64(1), uint64(2)
	a, b = b, a
	return a == 2 && b == 1
}

func testRotation() bool {
	a, b, c := 1, 2, 3
	a, b, c = b, c, a
	return a == 2 && b == 3 && c == 1
}

func testSwapElements() bool {
	t := [3]uint64{10, 20, 30}
	i, j := 0, 2
	t[i], t[j] = t[j], t[i]
	return t == [3]uint64{30, 20, 10}
}

func testIndexIsReadFirst() bool {
	t := [3]uint64{10, 20, 30}
	i := 0
	i, t[i] = 1, 99
	return i == 1 && t == [3]uint64{99, 20, 30}
}

func testTargetsFromLeftToRight() bool {
	t := [2]uint64{}
	i := 1
	t[i], t[i] = 5, 6
	x := 0
	x, x = 3, 4
	return t[1] == 6 && x == 4
}

func testValuesBeforeTargets() bool {
	a, b := uint64(3), uint64(4)
	a, b = a+b, a-b
	return a == 7 && b == 1<<64-1
}

func testFibonacci() bool {
	a, b := uint64(0), uint64(1)
	for range 10 {
		a, b = b, a+b
	}
	return a == 55 && b == 89
}

type point struct{ x, y int }

func testFields() bool {
	p := point{1, 2}
	p.x, p.y = p.y, p.x
	return p == point{2, 1}
}

func testStructAndItsField() bool {
	p, q := point{1, 2}, point{3, 4}
	p, q.x = q, p.x
	return p == point{3, 4} && q == point{1, 4}
}

func both() (uint64, bool) { return 7, true }

func testResults() bool {
	var p struct {
		n  uint64
		ok bool
	}
	p.n, p.ok = both()
	_, ok := both()
	n, _ := both()
	return p.n == 7 && p.ok && ok && n == 7
}

func testRedeclaration() bool {
	a, b := 1, 2
	a, c := a+b, a
	b, d := c, b
	return a == 3 && b == 1 && c == 1 && d == 2
}

func testRedeclarationInInnerScope() bool {
	a, n := uint64(1), uint64(0)
	{
		a, b := a+10, a
		n = a + b
	}
	return a == 1 && n == 12
}

func testDeclarationsStartAsZero() bool {
	var a, b uint64
	var ok bool
	var p point
	var t [2]int8
	return a+b == 0 && !ok && p == point{} && t[0]+t[1] == 0
}

func testDeclarationInLoopIsZeroEachTime() bool {
	sum := 0
	for i := range 3 {
		var x int
		x += i
		sum += x
	}
	return sum == 3
}

func testOperateOnField() bool {
	p := point{5, 6}
	p.x += p.y
	p.y -= p.x
	p.x++
	return p == point{12, -5}
}

func testOperateOnNestedPlace() bool {
	var t [2]struct{ cells [2]point }
	i := 1
	t[i].cells[i-1].y += 4
	t[i].cells[i-1].y *= 3
	return t[1].cells[0].y == 12 && t[0].cells[0].y == 0 && t[1].cells[1].y == 0
}

func testBooleanAssignment() bool {
	ok := true
	ok = ok && !ok
	other := !ok || ok
	return !ok && other
}

func testAssignedArrayIsACopy() bool {
	a := [3]int{1, 2, 3}
	b := a
	b[0] = 9
	a[1] = 8
	return a == [3]int{1, 8, 3} && b == [3]int{9, 2, 3}
}
