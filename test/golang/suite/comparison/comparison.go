// Package comparison tests `==` and the order of values.
package comparison

type point struct{ x, y int32 }

type segment struct {
	a, b point
	ok   bool
}

func testStructs() bool {
	p, q := point{1, 2}, point{1, 2}
	r := point{2, 1}
	return p == q && p != r && !(p != q)
}

func testNestedStructs() bool {
	s := segment{point{1, 2}, point{3, 4}, true}
	t := s
	t.b.y = 5
	return s == segment{point{1, 2}, point{3, 4}, true} && s != t
}

func testArrays() bool {
	a, b := [3]uint64{1, 2, 3}, [3]uint64{1, 2, 3}
	c := a
	c[2]++
	return a == b && a != c
}

func testArraysOfArrays() bool {
	a, b := [2][2]int{{1, 2}, {3, 4}}, [2][2]int{{1, 2}, {3, 4}}
	b[1][1] = 0
	return a != b && a[0] == b[0]
}

func testArraysOfStructs() bool {
	a := [2]point{{1, 2}, {3, 4}}
	b := a
	same := a == b
	b[0].y--
	return same && a != b
}

func testBooleans() bool {
	t, f := true, false
	return t != f && (t == !f) && (1 < 2) == t && (t == f) == f
}

func testStrings() bool {
	a, b := "abc", "abd"
	return a < b && a != b && a <= "abc" && "ab" < a && "" < a && "Z" < "a" && b > a && !(a >= b)
}

func testStringsByBytes() bool {
	a, b := "é", "z"
	return a > b && "a\x00" > "a" && "\xff" > "\u00ff"
}

func testPointersAreIdentities() bool {
	p, q := &point{1, 2}, &point{1, 2}
	r := p
	return p != q && *p == *q && r == p
}

func testPointersToParts() bool {
	var t [2]point
	p, q := &t[0].x, &t[0].x
	r := &t[1].x
	return p == q && p != r
}

func testNilPointers() bool {
	var p, q *point
	r := &point{}
	return p == nil && p == q && r != nil && p != r
}

func testNilSlicesAndMaps() bool {
	var s []int
	var m map[int]int
	var f func()
	return s == nil && m == nil && f == nil && []int{} != nil && map[int]int{} != nil
}

func testChannelsAreIdentities() bool {
	a, b := make(chan int), make(chan int)
	c := a
	var none chan int
	return a != b && a == c && none == nil && a != nil
}

func testInterfacesByTypeAndValue() bool {
	var a, b, c any = 1, 1, int64(1)
	var d any = "1"
	return a == b && a != c && a != d && c == any(int64(1))
}

func testInterfaceHoldingStruct() bool {
	var a, b any = point{1, 2}, point{1, 2}
	var c any = segment{}
	return a == b && a != c && a == any(point{1, 2}) && a != any(point{2, 1})
}

func testInterfaceHoldingPointer() bool {
	p, q := &point{}, &point{}
	var a, b any = p, q
	return a != b && a == any(p)
}

func testInterfaceWithConcrete() bool {
	var a any = point{3, 4}
	p := point{3, 4}
	return a == p && p == a && a != point{}
}

func testNilInterface() bool {
	var a any
	var p *point
	var b any = p
	return a == nil && b != nil && b == any((*point)(nil)) && a != b
}

func testInterfaceKeepsNamedType() bool {
	type meters int
	type feet int
	var a, b any = meters(3), feet(3)
	return a != b && a == any(meters(3)) && a != any(3)
}

func testBlankFieldsDoNotCount() bool {
	type padded struct {
		n uint8
		_ int
	}
	a, b := padded{n: 1}, padded{n: 1}
	return a == b
}

func testUnnamedAgainstNamed() bool {
	a := point{1, 2}
	b := struct{ x, y int32 }{1, 2}
	return a == b
}
