// Package types tests declared types of all kinds.
package types

type celsius int

type temperatures []celsius

type handler func(celsius) bool

func (h handler) negated() handler {
	return func(c celsius) bool { return !h(c) }
}

func testNamedFunction() bool {
	var cold handler = func(c celsius) bool { return c < 0 }
	return cold(-1) && cold.negated()(1) && !cold.negated()(-1)
}

func testNamedSlice() bool {
	t := temperatures{1, 2}
	t = append(t, 3)
	plain := []celsius(t)
	plain[0] = 9
	return len(t) == 3 && t[0] == 9
}

type tree struct {
	left, right *tree
	value       int
}

func testRecursiveType() bool {
	t := &tree{&tree{nil, nil, 1}, &tree{value: 3}, 2}
	return t.left.value+t.right.value == 2*t.value && t.left.left == nil
}

type alias = uint8

func testAlias() bool {
	var a alias = 255
	var b uint8 = a
	b++
	return b == 0 && a == 255
}

func testByteAndRuneAreAliases() bool {
	var a byte = 200
	var b uint8 = a
	var r rune = 'x'
	var i int32 = r
	return b == 200 && i == 120
}

func testLocalTypes() bool {
	type pair struct{ a, b int }
	type pairs [2]pair
	p := pairs{{1, 2}, {3, 4}}
	return p[1].b == 4 && len(p) == 2
}

func testLocalTypesOfOneName() bool {
	type t uint8
	a := t(255)
	a++
	{
		type t uint16
		b := t(255)
		b++
		return a == 0 && b == 256
	}
}

type matrix [2][2]int

func (m matrix) times(n matrix) (r matrix) {
	for i := range r {
		for j := range r[i] {
			for k := range m[i] {
				r[i][j] += m[i][k] * n[k][j]
			}
		}
	}
	return
}

func testMatrix() bool {
	m := matrix{{1, 1}, {1, 0}}
	return m.times(m).times(m) == matrix{{3, 2}, {2, 1}}
}

type set map[string]struct{}

func (s set) add(k string) bool {
	_, there := s[k]
	s[k] = struct{}{}
	return !there
}

func testSet() bool {
	s := set{}
	return s.add("a") && !s.add("a") && s.add("b") && len(s) == 2
}

type state uint8

const (
	idle state = iota
	busy
	done
)

var names = [...]string{idle: "idle", busy: "busy", done: "done"}

func (s state) label() string { return names[s] }

func testEnumeration() bool {
	s := idle
	s++
	return s.label() == "busy" && done.label() == "done" && len(names) == 3
}

type ring struct {
	cells      [4]int
	head, size int
}

func (r *ring) push(v int) bool {
	if r.size == len(r.cells) {
		return false
	}
	r.cells[(r.head+r.size)%len(r.cells)] = v
	r.size++
	return true
}

func (r *ring) pop() (v int, ok bool) {
	if r.size == 0 {
		return
	}
	v = r.cells[r.head]
	r.head = (r.head + 1) % len(r.cells)
	r.size--
	return v, true
}

func testRing() bool {
	var r ring
	r.push(1)
	r.push(2)
	a, _ := r.pop()
	r.push(3)
	r.push(4)
	r.push(5)
	full := !r.push(6)
	b, _ := r.pop()
	return a == 1 && b == 2 && full && r.size == 3 && r.cells[0] == 5
}

func testStructTypesAreIdenticalByFields() bool {
	var a struct {
		x int
		y bool
	}
	b := struct {
		x int
		y bool
	}{1, true}
	a = b
	return a == b && a.y
}
