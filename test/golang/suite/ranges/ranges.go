// Package ranges tests `range` over everything that it takes.
package ranges

func testInteger() bool {
	sum := 0
	for i := range 5 {
		sum = sum*10 + i
	}
	return sum == 1234
}

func testIntegerOfType() bool {
	n := uint8(200)
	var last uint8
	rounds := 0
	for i := range n {
		last = i
		rounds++
		if rounds == 5 {
			break
		}
	}
	return last == 4
}

func testNegativeInteger() bool {
	n := -3
	for range n {
		return false
	}
	return true
}

func testIntegerVariableIsACopy() bool {
	rounds := 0
	for i := range 4 {
		i *= 3
		rounds += i
	}
	return rounds == 18
}

func testIntegerIsReadOnce() bool {
	n := 3
	rounds := 0
	for range n {
		n++
		rounds++
	}
	return n == 6 && rounds == 3
}

func testArrayWithBoth() bool {
	sum := uint64(0)
	for i, v := range [4]uint64{5, 6, 7, 8} {
		sum += uint64(i) * v
	}
	return sum == 44
}

func testArrayValueOnly() bool {
	product := 1
	for _, v := range [3]int{2, 3, 4} {
		product *= v
	}
	return product == 24
}

func testArrayIndexOnly() bool {
	t := [5]bool{}
	last := -1
	for i := range t {
		last = i
	}
	return last == 4
}

func testValueIsACopy() bool {
	t := [2]struct{ n int }{{1}, {2}}
	for _, v := range t {
		v.n = 9
	}
	return t[0].n == 1 && t[1].n == 2
}

func testAssignsElements() bool {
	var k [2]int
	n := 0
	for k[n%2], n = range [3]int{4, 5, 6} {
	}
	return n == 6 && k == [2]int{1, 2}
}

func testPointerToArray() bool {
	t := [3]int{1, 2, 3}
	sum := 0
	for _, v := range &t {
		t[2] = 10
		sum += v
	}
	return sum == 13
}

func testSliceSeesChanges() bool {
	s := []int{1, 2, 3}
	sum := 0
	for _, v := range s {
		s[2] = 10
		sum += v
	}
	return sum == 13
}

func testSliceLengthIsReadOnce() bool {
	s := []int{1, 2}
	rounds := 0
	for range s {
		s = append(s, 3)
		rounds++
	}
	return rounds == 2 && len(s) == 4
}

func testSliceIsReadOnce() bool {
	s := []int{1, 2}
	sum := 0
	for i, v := range s {
		s = []int{50, 60}
		sum += v + i
	}
	return sum == 4
}

func testNilSlice() bool {
	var s []uint64
	for range s {
		return false
	}
	return true
}

func testContinueAndBreak() bool {
	sum := 0
	for _, v := range []int{1, 2, 3, 4, 5, 6} {
		if v%2 == 0 {
			continue
		}
		if v == 5 {
			break
		}
		sum += v
	}
	return sum == 4
}

func testMapVisitsEach() bool {
	m := map[int]int{1: 10, 2: 20, 3: 30}
	keys, values, rounds := 0, 0, 0
	for k, v := range m {
		keys += k
		values += v
		rounds++
	}
	return keys == 6 && values == 60 && rounds == 3
}

func testNilMap() bool {
	var m map[string]int
	for range m {
		return false
	}
	return true
}

func testMapDeleteWhileVisiting() bool {
	m := map[int]bool{1: true, 2: true, 3: true}
	rounds := 0
	for k := range m {
		delete(m, k)
		rounds++
	}
	return rounds == 3 && len(m) == 0
}

func testMapDeletedIsNotVisited() bool {
	m := map[int]bool{1: true, 2: true}
	rounds := 0
	for k := range m {
		delete(m, 3-k)
		rounds++
	}
	return rounds == 1 && len(m) == 1
}

func testVariablePerRound() bool {
	var fs []func() int
	for i := range 3 {
		fs = append(fs, func() int { i += 10; return i })
	}
	return fs[0]() == 10 && fs[1]() == 11 && fs[0]() == 20 && fs[2]() == 12
}

func count(yield func(int) bool) {
	_ = yield(1) && yield(2) && yield(3)
}

func testFunction() bool {
	sum := 0
	for v := range count {
		if v == 3 {
			break
		}
		sum += v
	}
	return sum == 3
}

func testChannel() bool {
	c := make(chan int, 3)
	c <- 4
	c <- 5
	close(c)
	sum := 0
	for v := range c {
		sum = sum*10 + v
	}
	return sum == 45
}

func testMapClearedEnds() bool {
	m := map[int]int{1: 1, 2: 2, 3: 3}
	rounds := 0
	for range m {
		clear(m)
		rounds++
	}
	return rounds == 1 && len(m) == 0
}

func dropOthers(m map[string]int, keep string) {
	for k := range m {
		if k != keep {
			delete(m, k)
		}
	}
}

func testMapDeletedElsewhereIsNotVisited() bool {
	m := map[string]int{"a": 1, "b": 2}
	same := m
	rounds := 0
	for k, v := range m {
		if same[k] != v {
			return false
		}
		dropOthers(same, k)
		rounds++
	}
	return rounds == 1 && len(m) == 1
}

func testMapAddedMayBeVisited() bool {
	m := map[int]bool{0: true}
	rounds := 0
	for k := range m {
		if k < 3 {
			m[k+1] = true
		}
		rounds++
	}
	return rounds >= 1 && rounds <= 4 && len(m) >= 2
}

func testMapDeletedAndMadeAgain() bool {
	m := map[int]int{1: 1, 2: 2}
	rounds := 0
	for k := range m {
		if rounds < 3 {
			delete(m, k)
			m[k] = 5
		}
		rounds++
	}
	return rounds >= 2 && rounds <= 5 && m[1]+m[2] >= 7
}

func testMapValueIsAsOfNow() bool {
	m := map[int]int{1: 10, 2: 10}
	sum := 0
	for k, v := range m {
		m[3-k] = 7
		sum += v
	}
	return sum == 17
}

func testMapLoopEndsEarly() bool {
	m := map[int]string{4: "x"}
	for k, v := range m {
		if v == "x" {
			return k == 4
		}
	}
	return false
}

func testMapIsReadOnce() bool {
	m := map[int]int{1: 1, 2: 2}
	rounds := 0
	for range m {
		m = nil
		rounds++
	}
	return rounds == 2 && m == nil
}
