// Package maps tests maps.
package maps

type point struct{ x, y int }

func testMissingIsZero() bool {
	m := map[string]int{"a": 1}
	return m["a"] == 1 && m["b"] == 0 && len(m) == 1
}

func testCommaOk() bool {
	m := map[int]bool{1: false}
	v, ok := m[1]
	w, no := m[2]
	_, yes := m[1]
	return !v && ok && !w && !no && yes
}

func testInsertAndReplace() bool {
	m := map[uint64]uint64{}
	m[3] = 4
	m[3] = 5
	m[4]++
	m[3] += 10
	return m[3] == 15 && m[4] == 1 && len(m) == 2
}

func testDelete() bool {
	m := map[int]int{1: 10, 2: 20}
	delete(m, 1)
	delete(m, 7)
	_, ok := m[1]
	return !ok && len(m) == 1 && m[2] == 20
}

func testNilMap() bool {
	var m map[int]int
	delete(m, 1)
	v, ok := m[5]
	return m == nil && len(m) == 0 && v == 0 && !ok
}

func testAssignmentShares() bool {
	m := map[int]int{1: 1}
	n := m
	n[2] = 2
	m[1] = 10
	return len(m) == 2 && n[1] == 10
}

func fill(m map[int]int) {
	m[1] = 5
	m = map[int]int{1: 99}
	m[2] = 6
}

func testPassedMapIsShared() bool {
	m := map[int]int{}
	fill(m)
	return len(m) == 1 && m[1] == 5
}

func testMapOfStructsHoldsCopies() bool {
	p := point{1, 2}
	m := map[string]point{"p": p}
	p.x = 10
	q := m["p"]
	q.y = 20
	return m["p"] == point{1, 2} && q == point{1, 20}
}

func testMapOfStructsIsReplacedWhole() bool {
	m := map[string]point{}
	p := m["p"]
	p.x++
	m["p"] = p
	return m["p"].x == 1 && m["q"].y == 0 && len(m) == 1
}

func testMapOfPointersShares() bool {
	m := map[string]*point{"p": {1, 2}}
	m["p"].x = 10
	q := m["p"]
	q.y = 20
	return *m["p"] == point{10, 20}
}

func testStructKeys() bool {
	m := map[point]int{{1, 2}: 3}
	p := point{1, 2}
	m[p]++
	p.x = 9
	return m[point{1, 2}] == 4 && m[p] == 0
}

func testArrayKeys() bool {
	m := map[[2]int]string{{1, 2}: "a"}
	k := [2]int{1, 0}
	k[1] = 2
	return m[k] == "a" && len(m) == 1
}

func testBoolKeys() bool {
	m := map[bool]int{}
	for i := range 5 {
		m[i%2 == 0]++
	}
	return m[true] == 3 && m[false] == 2
}

func testInterfaceKeys() bool {
	m := map[any]int{1: 10, "1": 20, int64(1): 30}
	return m[1] == 10 && m["1"] == 20 && m[int64(1)] == 30 && m[uint8(1)] == 0 && len(m) == 3
}

func testMapOfSlices() bool {
	m := map[string][]int{}
	m["a"] = append(m["a"], 1)
	m["a"] = append(m["a"], 2)
	s := m["a"]
	s[0] = 9
	return m["a"][0] == 9 && len(m["a"]) == 2 && m["b"] == nil
}

func testMapOfMaps() bool {
	m := map[int]map[int]int{1: {2: 3}}
	m[1][4] = 5
	inner := m[1]
	inner[2] = 6
	return m[1][2] == 6 && len(m[1]) == 2 && m[7][8] == 0
}

func testMapOfArrays() bool {
	m := map[int][2]int{1: {2, 3}}
	t := m[1]
	t[0] = 9
	return m[1] == [2]int{2, 3} && m[1][1] == 3 && m[2] == [2]int{}
}

func testElementIsNotAVariable() bool {
	m := map[int]int{1: 1}
	v := m[1]
	m[1] = 2
	return v == 1
}

func testMakeWithSize() bool {
	m := make(map[int]int, 100)
	return len(m) == 0 && m != nil
}

func testClear() bool {
	m := map[int]int{1: 1, 2: 2}
	n := m
	clear(m)
	m[3] = 3
	return len(n) == 1 && n[3] == 3
}

func testParallelAssignment() bool {
	m := map[int]int{1: 10, 2: 20}
	m[1], m[2] = m[2], m[1]
	return m[1] == 20 && m[2] == 10
}

func testSumInAnyOrder() bool {
	m := map[uint64]uint64{5: 1, 7: 2, 11: 3}
	sum := uint64(0)
	for k, v := range m {
		sum += k * v
	}
	return sum == 52
}

func testBuildFromAnotherInAnyOrder() bool {
	m := map[int]int{1: 10, 2: 20, 3: 30}
	inverse := map[int]int{}
	for k, v := range m {
		inverse[v] = k
	}
	return len(inverse) == 3 && inverse[20] == 2 && inverse[30] == 3
}

func testSomeKeyComesFirst() bool {
	m := map[int]bool{4: true, 6: true}
	for k := range m {
		return k == 4 || k == 6
	}
	return false
}

func testFunctionValues() bool {
	m := map[string]func(int) int{"inc": func(n int) int { return n + 1 }}
	f, ok := m["dec"]
	return m["inc"](4) == 5 && f == nil && !ok
}

func testIncrementOfStructField() bool {
	type entry struct{ count uint8 }
	m := map[int]*entry{}
	for i := range 4 {
		if m[i%2] == nil {
			m[i%2] = &entry{254}
		}
		m[i%2].count++
	}
	return m[0].count == 0 && m[1].count == 0 && len(m) == 2
}
