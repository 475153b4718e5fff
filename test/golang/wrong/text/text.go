// Package text has functions about strings that panic or return false.
package text

func testOrderByLength() bool {
	return less("b", "aa")
}

func less(a, b string) bool { return a < b }

func testPrefixIsNotLess() bool {
	return !less("a", "ab")
}

func testEqualIsLess() bool {
	return less("a", "a")
}

func testRangeByByte() bool {
	n := 0
	for range "aé" {
		n++
	}
	return n == 3
}

func testOverlongIsOneRune() bool {
	n := 0
	for range "\xc0\x80" {
		n++
	}
	return n == 1
}

func testSurrogateIsARune() bool {
	for _, r := range "\xed\xa0\x80" {
		return r == 0xd800
	}
	return false
}

func testPositionCountsRunes() bool {
	last := 0
	for i := range "ééx" {
		last = i
	}
	return last == 2
}

func testRunesAreBytes() bool {
	return len([]rune("é")) == 2
}

func testRuneIsTruncated() bool {
	return string(rune(0x110041)) == "A"
}

func testShortSliceToArray() bool {
	s := []int{1, 2, 3}
	return [3]int(s[1:])[0] == 2
}

func testArrayOfSliceIsShared() bool {
	s := []int{1, 2}
	a := [2]int(s)
	s[0] = 5
	return a[0] == 5
}
