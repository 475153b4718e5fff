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
