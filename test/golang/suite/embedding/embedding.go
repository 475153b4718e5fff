// Package embedding tests embedded fields and promoted methods.
package embedding

type base struct{ id, n uint64 }

func (b base) double() uint64 { return b.n * 2 }

func (b *base) set(n uint64) { b.n = n }

func (b base) name() uint64 { return 1 }

type middle struct {
	base
	extra uint64
}

func (m middle) name() uint64 { return 2 }

type top struct {
	*middle
	n uint64
}

func testPromotedField() bool {
	m := middle{base{1, 2}, 3}
	m.n = 5
	return m.base.n == 5 && m.id == 1 && m.extra == 3
}

func testPromotedMethod() bool {
	m := middle{base: base{n: 4}}
	m.set(6)
	return m.double() == 12 && m.base.double() == 12
}

func testHidingMethod() bool {
	m := middle{}
	return m.name() == 2 && m.base.name() == 1
}

func testHidingField() bool {
	t := top{&middle{base: base{n: 3}}, 9}
	t.set(4)
	return t.n == 9 && t.middle.n == 4 && t.double() == 8
}

func testEmbeddedPointerIsShared() bool {
	m := &middle{}
	a, b := top{m, 1}, top{m, 2}
	a.extra = 7
	b.id = 8
	return b.extra == 7 && a.id == 8 && m.extra == 7 && a.n == 1
}

func testEmbeddedValueIsCopied() bool {
	m := middle{base{1, 2}, 3}
	c := m
	c.n = 10
	b := c.base
	b.id = 11
	return m.n == 2 && c.n == 10 && c.id == 1
}

func testPromotedThroughTwoLevels() bool {
	t := top{middle: &middle{base: base{id: 5}}}
	t.id++
	return t.id == 6 && t.middle.base.id == 6 && t.name() == 2
}

func testMethodValueOfPromoted() bool {
	m := middle{}
	f := m.set
	g := m.double
	f(3)
	return m.n == 3 && g() == 0
}

type number uint8

func (n number) wraps() number { return n + 1 }

type holder struct{ number }

func testEmbeddedInteger() bool {
	h := holder{255}
	h.number--
	return h.wraps() == 255 && holder{255}.wraps() == 0 && h.number == 254
}

type left struct{ a, shared int }

type right struct{ b, shared int }

type both struct {
	left
	right
	c int
}

func testTwoEmbedded() bool {
	x := both{left{1, 2}, right{3, 4}, 5}
	x.a += x.b + x.c
	return x.a == 9 && x.left.shared == 2 && x.right.shared == 4
}

type speaker interface{ speak() int }

type dog struct{ volume int }

func (d dog) speak() int { return d.volume }

type loud struct {
	speaker
	factor int
}

func (l loud) speak() int { return l.speaker.speak() * l.factor }

func testEmbeddedInterface() bool {
	var s speaker = loud{dog{3}, 5}
	quiet := struct{ speaker }{dog{2}}
	return s.speak() == 15 && quiet.speak() == 2
}

func testComparisonOfEmbedding() bool {
	a, b := middle{base{1, 2}, 3}, middle{base{1, 2}, 3}
	same := a == b
	b.id = 0
	return same && a != b
}

func testKeyedByTypeName() bool {
	m := middle{extra: 1, base: base{n: 2}}
	return m.n == 2 && m.extra == 1 && m == middle{base{0, 2}, 1}
}

func testPromotedReceiverIsThePart() bool {
	m := middle{base{0, 1}, 100}
	p := &m.base
	m.set(8)
	p.id = 9
	return p.n == 8 && m.id == 9
}
