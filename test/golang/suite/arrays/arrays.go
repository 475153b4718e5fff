// Package arrays tests array values.
package arrays

func testLiteralWithIndices() bool {
	t := [6]uint64{1, 3: 7, 8, 1: 2}
	return t == [6]uint64{1, 2, 0, 7, 8, 0}
}

func testImplicitLength() bool {
	t := [...]uint64{5: 1, 2, 2: 9}
	return len(t) == 7 && t[6] == 2 && t[2] == 9 && t[0] == 0
}

func testIndexWithNarrowType() bool {
	var t [256]uint64
	i := uint8(255)
	t[i] = 4
	i++
	t[i] = 5
	return t[255] == 4 && t[0] == 5
}

func filled(t [3]int) [3]int {
	for i := range t {
		t[i] += i
	}
	return t
}

func testArgumentIsACopy() bool {
	t := [3]int{1, 1, 1}
	u := filled(t)
	return t == [3]int{1, 1, 1} && u == [3]int{1, 2, 3}
}

func testMatrix() bool {
	var m [2][3]uint64
	m[1][2] = 5
	row := m[1]
	row[0] = 7
	m[0] = row
	return m == [2][3]uint64{{7, 0, 5}, {0, 0, 5}}
}

func testRowsAreCopies() bool {
	m := [2][2]uint64{{1, 2}, {3, 4}}
	n := m
	n[0], n[1] = n[1], n[0]
	return m[0] == [2]uint64{1, 2} && n[0] == [2]uint64{3, 4} && n[1] == [2]uint64{1, 2}
}

func testRangeOverCopy() bool {
	t := [3]int{1, 2, 3}
	sum := 0
	for i, v := range t {
		t[2] = 10
		sum += v * (i + 1)
	}
	return sum == 14 && t[2] == 10
}

func testRangeOverIndicesSeesChanges() bool {
	t := [3]int{1, 2, 3}
	sum := 0
	for i := range t {
		t[2] = 10
		sum += t[i]
	}
	return sum == 13
}

func testLengthIsConstant() bool {
	var t [4][5]bool
	const n = len(t) * len(t[0])
	var u [n]uint8
	return len(u) == 20 && cap(t) == 4
}

func testEmptyArray() bool {
	var t [0]uint64
	for range t {
		return false
	}
	return len(t) == 0 && t == [0]uint64{}
}

func testArrayOfStructsLiteral() bool {
	type pair struct{ a, b uint8 }
	t := [...]pair{{1, 2}, {b: 3}, {}}
	return len(t) == 3 && t[1] == pair{0, 3} && t[2].a == 0
}

func testArrayAsKeyOfIndex() bool {
	next := [4]int{2, 3, 1, 0}
	i := 0
	for range 3 {
		i = next[i]
	}
	return i == 3 && next[next[next[0]]] == 3
}

func testReverse() bool {
	t := [5]uint8{1, 2, 3, 4, 5}
	for i, j := 0, len(t)-1; i < j; i, j = i+1, j-1 {
		t[i], t[j] = t[j], t[i]
	}
	return t == [5]uint8{5, 4, 3, 2, 1}
}

func testInsertionSort() bool {
	t := [5]int{3, -1, 4, 1, -5}
	for i := 1; i < len(t); i++ {
		for j := i; j > 0 && t[j-1] > t[j]; j-- {
			t[j-1], t[j] = t[j], t[j-1]
		}
	}
	return t == [5]int{-5, -1, 1, 3, 4}
}

func testComparedInsideStruct() bool {
	type row struct {
		cells [2]uint8
		n     int
	}
	a, b := row{[2]uint8{1, 2}, 3}, row{[2]uint8{1, 2}, 3}
	b.cells[1]++
	return a != b && a == row{[2]uint8{1, 2}, 3}
}
