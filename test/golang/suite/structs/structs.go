// Package structs tests struct values.
package structs

type point struct{ x, y uint64 }

type box struct {
	from, to point
	filled   bool
}

func testAssignmentCopies() bool {
	p := point{1, 2}
	q := p
	q.x = 10
	p.y = 20
	return p == point{1, 20} && q == point{10, 2}
}

func testNestedAssignmentCopies() bool {
	a := box{from: point{1, 2}}
	b := a
	b.from.x = 5
	c := b.from
	c.y = 7
	return a.from == point{1, 2} && b.from == point{5, 2} && c == point{5, 7}
}

func moved(p point) point {
	p.x += 10
	return p
}

func testArgumentIsACopy() bool {
	p := point{1, 2}
	q := moved(p)
	return p.x == 1 && q.x == 11
}

func testKeyedLiteral() bool {
	p := point{y: 4}
	b := box{filled: true, to: p}
	return p.x == 0 && b.to.y == 4 && b.from == point{} && b.filled
}

func testLiteralCopiesItsParts() bool {
	p := point{1, 2}
	b := box{p, p, false}
	b.from.x = 9
	p.y = 8
	return b == box{point{9, 2}, point{1, 2}, false}
}

func testZeroValue() bool {
	var b box
	return b == box{} && b.from.x == 0 && !b.filled
}

func testAnonymousStruct() bool {
	v := struct {
		n  uint8
		ok bool
	}{n: 255, ok: true}
	v.n++
	return v.n == 0 && v.ok
}

func testStructInArray() bool {
	var t [3]point
	t[1].x = 4
	u := t
	u[1].x++
	p := u[1]
	p.x++
	return t[1].x == 4 && u[1].x == 5 && p.x == 6
}

func testArrayInStruct() bool {
	type row struct{ cells [3]uint64 }
	r := row{}
	s := r
	s.cells[2] = 1
	return r.cells[2] == 0 && s.cells == [3]uint64{0, 0, 1}
}

func testWholeFieldAssignment() bool {
	var b box
	b.to = point{3, 4}
	b.from = b.to
	b.to.x = 0
	return b.from == point{3, 4} && b.to == point{0, 4}
}

func corner(b box) (point, bool) { return b.to, b.filled }

func testResultIsACopy() bool {
	b := box{to: point{1, 1}}
	p, _ := corner(b)
	p.x = 2
	return b.to.x == 1 && p.x == 2
}

func testFieldOfCallResult() bool {
	return moved(point{5, 6}).x == 15 && moved(moved(point{})).x == 20
}

func testBlankField() bool {
	type padded struct {
		a uint8
		_ uint32
		b uint8
	}
	p, q := padded{a: 1, b: 2}, padded{a: 1}
	q.b = 2
	return p == q
}

func testEmptyStruct() bool {
	type nothing struct{}
	var a, b nothing
	return a == b && a == nothing{}
}

type inner struct{ n int8 }

type outer struct {
	a inner
	b [2]inner
}

func testDeepUpdate() bool {
	var o outer
	o.b[1].n = 127
	o.b[1].n++
	o.a = o.b[1]
	o.b[1].n = 1
	return o.a.n == -128 && o.b == [2]inner{{0}, {1}}
}

func testSwapStructs() bool {
	p, q := point{1, 2}, point{3, 4}
	p, q = q, p
	return p == point{3, 4} && q == point{1, 2}
}

func testTagsDoNotMatter() bool {
	type tagged struct {
		N uint64 `json:"n"`
	}
	t := tagged{3}
	u := struct{ N uint64 }(t)
	return u.N == 3
}
