// Package generics tests type parameters.
package generics

type integer interface {
	~int | ~int8 | ~uint8 | ~uint64
}

func maximum[T integer](a, b T) T {
	if a > b {
		return a
	}
	return b
}

func testInferred() bool {
	return maximum(3, 4) == 4 && maximum(uint8(200), 100) == 200 && maximum(int8(-1), -2) == -1
}

func testExplicit() bool {
	f := maximum[uint64]
	return maximum[int](1, 2) == 2 && f(1<<63, 1) == 1<<63
}

func wrapped[T integer](x T) T { return x + 1 }

func testWidthOfInstance() bool {
	return wrapped(uint8(255)) == 0 && wrapped(int8(127)) == -128 && wrapped(uint64(255)) == 256
}

type stack[T any] struct{ items []T }

func (s *stack[T]) push(x T) { s.items = append(s.items, x) }

func (s *stack[T]) pop() (T, bool) {
	var zero T
	if len(s.items) == 0 {
		return zero, false
	}
	x := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return x, true
}

func testGenericType() bool {
	var s stack[int]
	s.push(1)
	s.push(2)
	x, ok := s.pop()
	y, _ := s.pop()
	z, no := s.pop()
	return x == 2 && ok && y == 1 && z == 0 && !no
}

func testInstancesAreSeparate() bool {
	var a stack[bool]
	var b stack[[2]uint8]
	a.push(true)
	b.push([2]uint8{1, 2})
	x, _ := a.pop()
	y, _ := b.pop()
	z, _ := b.pop()
	return x && y == [2]uint8{1, 2} && z == [2]uint8{}
}

type pair[K comparable, V any] struct {
	key   K
	value V
}

func makePair[K comparable, V any](k K, v V) pair[K, V] { return pair[K, V]{k, v} }

func (p pair[K, V]) swapValue(v V) (pair[K, V], V) {
	old := p.value
	p.value = v
	return p, old
}

func testTwoParameters() bool {
	p := makePair("a", 5)
	q, old := p.swapValue(6)
	return p.value == 5 && q.value == 6 && old == 5 && q.key == "a" && p != q
}

func indexOf[T comparable](list []T, x T) int {
	for i, v := range list {
		if v == x {
			return i
		}
	}
	return -1
}

func testComparable() bool {
	return indexOf([]int{4, 5, 6}, 6) == 2 && indexOf([]string{"a"}, "b") == -1 &&
		indexOf([][1]bool{{false}, {true}}, [1]bool{true}) == 1
}

func mapped[T, U any](list []T, f func(T) U) []U {
	var result []U
	for _, v := range list {
		result = append(result, f(v))
	}
	return result
}

func testFunctionParameter() bool {
	r := mapped([]int{1, 2, 300}, func(n int) uint8 { return uint8(n) })
	return len(r) == 3 && r[2] == 44
}

func reduced[T, A any](list []T, start A, f func(A, T) A) A {
	for _, v := range list {
		start = f(start, v)
	}
	return start
}

func testReduce() bool {
	return reduced([]int{1, 2, 3}, "", func(s string, n int) string { return s + string(rune('0'+n)) }) == "123"
}

type number interface {
	integer
	double() int
}

type small uint8

func (s small) double() int { return int(s) * 2 }

func doubled[T number](x T) (int, T) { return x.double(), x + x }

func testMethodOfConstraint() bool {
	n, x := doubled(small(200))
	return n == 400 && x == 144
}

type list[T any] struct {
	value T
	next  *list[T]
}

func (l *list[T]) length() int {
	n := 0
	for ; l != nil; l = l.next {
		n++
	}
	return n
}

func testRecursiveType() bool {
	l := &list[uint8]{1, &list[uint8]{2, nil}}
	var none *list[bool]
	return l.length() == 2 && none.length() == 0 && l.next.value == 2
}

func keys[M ~map[K]V, K comparable, V any](m M) int {
	n := 0
	for range m {
		n++
	}
	return n
}

type registry map[string]int

func testInferredFromCore() bool {
	return keys(registry{"a": 1, "b": 2}) == 2 && keys(map[int]bool{}) == 0
}

func convert[T, U integer](x T) U { return U(x) }

func testConversionBetweenParameters() bool {
	return convert[int, uint8](300) == 44 && convert[uint8, int8](200) == -56
}

func zeroOf[T any]() T {
	var zero T
	return zero
}

func testZeroValues() bool {
	return zeroOf[int]() == 0 && !zeroOf[bool]() && zeroOf[string]() == "" && zeroOf[*int]() == nil && zeroOf[[2]int]() == [2]int{}
}

func swap[T any](a, b *T) { *a, *b = *b, *a }

func testPointersToParameter() bool {
	x, y := 1, 2
	swap(&x, &y)
	s, t := "a", "b"
	swap(&s, &t)
	return x == 2 && y == 1 && s == "b" && t == "a"
}

func shifted[T integer](x T, n uint) T { return x << n >> n }

func testShiftInWidthOfInstance() bool {
	return shifted(uint8(200), 1) == 72 && shifted(int8(100), 1) == -28 && shifted(200, 1) == 200
}

type cell[T any] struct{ v T }

func (c *cell[T]) set(v T) *cell[T] {
	c.v = v
	return c
}

func testMethodsChain() bool {
	var c cell[string]
	return c.set("x").set("y").v == "y" && c == cell[string]{"y"}
}
