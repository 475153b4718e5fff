// Package ranges has functions with loops that panic or return false.
package ranges

func testDeletedIsVisited() bool {
	m := map[int]bool{1: true, 2: true}
	rounds := 0
	for k := range m {
		delete(m, 3-k)
		rounds++
	}
	return rounds == 2
}

func testNilMapHasARound() bool {
	var m map[int]bool
	for range m {
		return true
	}
	return false
}

func testEntryIsLeftOut() bool {
	m := map[int]bool{1: true, 2: true}
	rounds := 0
	for range m {
		rounds++
	}
	return rounds == 1
}

func testEntryComesTwice() bool {
	m := map[int]bool{1: true}
	rounds := 0
	for range m {
		rounds++
	}
	return rounds == 2
}

func testClearedGoesOn() bool {
	m := map[int]int{1: 1, 2: 2}
	rounds := 0
	for range m {
		clear(m)
		rounds++
	}
	return rounds == 2
}

func testValueIsTheOldOne() bool {
	m := map[int]int{1: 10, 2: 10}
	sum := 0
	for k, v := range m {
		m[3-k] = 7
		sum += v
	}
	return sum == 20
}

func testReplacedEntryComesAgain() bool {
	m := map[int]int{1: 10}
	rounds := 0
	for k := range m {
		m[k] = 11
		rounds++
	}
	return rounds == 2
}

func testBreakVisitsAll() bool {
	m := map[int]int{1: 10, 2: 20, 3: 30}
	sum := 0
	for _, v := range m {
		sum += v
		if sum > 0 {
			break
		}
	}
	return sum == 60
}

func testAnotherNameDeletes() bool {
	m := map[int]bool{1: true, 2: true, 3: true}
	same := m
	rounds := 0
	for k := range m {
		for other := range same {
			if other != k {
				delete(same, other)
			}
		}
		rounds++
	}
	return rounds == 3
}

func removeAllBut(m map[int]bool, k int) {
	for other := 0; other < 4; other++ {
		if other != k {
			delete(m, other)
		}
	}
}

func testHelperDeletes() bool {
	m := map[int]bool{1: true, 2: true, 3: true}
	rounds := 0
	for k := range m {
		removeAllBut(m, k)
		rounds++
	}
	return rounds == 3
}

func testOuterLoopGoesOn() bool {
	m := map[int]int{1: 1, 2: 2}
	outer := 0
	for range m {
		for range m {
			clear(m)
		}
		outer++
	}
	return outer == 2
}
