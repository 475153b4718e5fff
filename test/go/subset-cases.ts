import { file } from './cases.js';

/** Statements in a function that has values of every kind at hand. */
function memory(statements: string): string {
  return file(`
type point struct{ x, y int }
type shape interface{ area() int }
type named []int
func (p point) area() int { return p.x * p.y }
func (p *point) move(by int) { p.x += by }
func pair() (int, string) { return 1, "a" }
func total(first int, rest ...int) int { return first + len(rest) }
func f(s []int, m map[string]int, p *point, t string, c chan int, g func(int) int, v any, e error) {
${statements}
}`);
}

/** Programs of each part of the subset that Go accepts and so must we. */
export const SUBSET_ACCEPTED: Readonly<Record<string, string>> = {
  slices: memory(
    'x := make([]int, 3, 5)\nx = append(x, 1, 2)\nx = append(x, s...)\n_ = copy(x[1:], s)\nclear(x)\n_ = x[0:2:3]\nvar n []int\n_ = n == nil\n_ = append([]byte("a"), t...)',
  ),
  'slice literals': memory(
    '_ = []int{2: 1, 5, 0: 3}\n_ = [][]int{{1}, {2, 3}}\n_ = []*point{{1, 2}, nil}\n_ = [...]string{3: "a"}\n_ = map[point][]int{{1, 2}: {3}}',
  ),
  'variadic calls': memory(
    '_ = total(1)\n_ = total(1, 2, 3)\n_ = total(1, s...)\n_ = total(len(s), named(s)...)',
  ),
  range: memory(
    'for i, x := range s { _, _ = i, x }\nfor k, x := range m { _, _ = k, x }\nfor i, r := range t { _, _ = i, r }\nfor x := range c { _ = x }\nfor i := range &[3]int{} { _ = i }',
  ),
  pointers: memory(
    'q := &point{1, 2}\nq.x = 3\n(*q).y++\nq.move(1)\nr := &q.x\n*r = 2\n_ = q == p && p != nil\nz := new(int)\n*z = *r\na := &[2]int{}\n_ = a[1] + len(a)\n_ = a[:]',
  ),
  maps: memory(
    'x, ok := m["a"]\n_, _ = x, ok\nm["b"] += 2\ndelete(m, "a")\n_ = len(m)\nvar found bool\n_, found = m["c"]\n_ = found\nn := make(map[point]map[int]bool)\nn[point{}][3] = true',
  ),
  strings: memory(
    '_ = t + "a" + string(rune(65))\n_ = t[1:] < "b"\n_ = []byte(t)[0] == t[0]\n_ = string([]rune(t)) == string([]byte{1})\nconst n = len("h\\xffé")\nvar x [n]int\n_ = x\nt += "c"',
  ),
  closures: memory(
    'n := 0\nadd := func(x int) int { n += x; return n }\n_ = add(1) + g(2)\nfunc() { n++ }()\ndefer func(x int) { _ = x }(n)\nh := p.move\nh(1)\nk := point.area\n_ = k(*p)\nl := (*point).move\nl(p, 2)',
  ),
  embedding: file(
    'type a struct{ n int }\nfunc (a) get() int { return 1 }\nfunc (x *a) set() { x.n = 1 }\ntype b struct { a; m int }\ntype c struct { *b; a2 }\ntype a2 = struct{ z int }\nfunc f(x b, y *c) int { x.set(); y.set(); y.n = x.get() + y.b.a.n; return y.z }',
  ).replace('; a2 }', '; z int }'),
  'local types': memory('type pair[0]int').replace(
    'type pair[0]int',
    'type list struct { next *list; v point }\nl := list{v: point{1, 2}}\nl.next = &l\ntype other = list\nvar o other = l\n_ = o',
  ),
  initialisation: file(
    'var a, b = two()\nvar c = func() int { return d }()\nvar d = e + 1\nvar e = 3\nfunc two() (int, int) { return c, d }\nfunc init() { a = b }\nfunc init() {}',
  ),
  interfaces: memory(
    'var x shape = *p\nx = p\n_ = x.area()\ny, ok := v.(shape)\n_, _ = y, ok\n_ = v == 3 && v != x\n_ = v.(int) + v.(interface{ area() int }).area()\nif e != nil { _ = e.Error() }\nvar w interface{ shape; move(int) } = p\n_ = w',
  ),
  'type switches': memory(
    'switch x := v.(type) {\ncase nil:\n _ = x == nil\ncase int, string:\n _ = x\ncase *point:\n x.move(1)\ncase shape:\n _ = x.area()\ndefault:\n}\nswitch y := 1; v.(type) {\ncase int:\n _ = y\n}',
  ),
  generics: file(
    'type number interface{ ~int | ~uint64 }\nfunc sum[T number](xs ...T) (t T) { for _, x := range xs { t += x }; return }\nfunc apply[S ~[]E, E any](s S, f func(E) E) S { for i := range s { s[i] = f(s[i]) }; return s }\ntype list[T comparable] struct { head *node[T] }\ntype node[T comparable] struct { v T; next *node[T] }\nfunc (l *list[T]) has(v T) bool { for n := l.head; n != nil; n = n.next { if n.v == v { return true } }; return false }\ntype ints []int\nfunc f() (int, uint64, ints, bool) { l := &list[string]{}; return sum(1, 2), sum[uint64](), apply(ints{1}, func(x int) int { return x }), l.has("a") }',
  ),
  channels: memory(
    'c <- 1\nx := <-c\ny, ok := <-c\n_, _, _ = x, y, ok\nselect {\ncase z := <-c:\n _ = z\ncase c <- 2:\ncase _, ok = <-c:\ndefault:\n}\ngo f(s, m, p, t, c, g, v, e)\ngo func() { close(c) }()\nvar out chan<- int = c\n_ = cap(out)',
  ),
  'floating-point constants': file(
    'const third = 1.0 / 3\nconst one = third * 3\nvar a uint64 = 1e3\nvar b = 1 << 3.0\nvar c = uint8(one + 254)\nvar d [2.0]int\nvar e = int64(0x1p10)',
  ),
  'return through select and type switch': file(
    'func f(c chan int, v any) int { select { case <-c: return 1 } }\nfunc g(v any) int { switch v.(type) { case int: return 1; default: panic("no") } }',
  ),
};

/** Programs of each part that Go rejects: the code and a part of the message. */
export const SUBSET_REJECTED: Readonly<
  Record<string, readonly ['syntax' | 'type' | 'name', string, string]>
> = {
  'slice element of another type': ['type', 'cannot use', memory('_ = []int{"a"}')],
  'slice index repeats': ['type', 'given twice', memory('_ = []int{1: 1, 1: 2}')],
  'slices are not comparable': ['type', 'is not defined', memory('_ = s == s')],
  'slice indices out of order': ['type', 'not in order', memory('_ = s[2:1]')],
  'slice of a value array': ['type', 'only an array that is a variable', memory('_ = [2]int{}[:]')],
  'capacity of a string slice': ['type', 'no capacity', memory('_ = t[0:1:1]')],
  'constant string index': ['type', 'out of range', memory('_ = "abc"[3]')],
  'append to no slice': ['type', 'needs a slice', memory('_ = append(t, 1)')],
  'append is not used': ['type', 'is not used', memory('append(s, 1)')],
  'spread of a single value': ['type', 'cannot use', memory('_ = total(1, (2)...)')],
  'spread to fixed parameters': ['type', 'does not fit', memory('_ = g(s...)')],
  'make without a length': ['type', 'takes 1 to 2', memory('_ = make([]int)')],
  'make with a larger length': ['type', 'greater than the capacity', memory('_ = make([]int, 3, 2)')],
  'make of a struct': ['type', 'cannot make', memory('_ = make(point)')],
  'copy of other elements': ['type', 'cannot copy', memory('copy(s, t)')],
  'nil without a type': ['type', 'no type', memory('x := nil\n_ = x')],
  'nil of an integer': ['type', 'cannot use', memory('var x int = nil\n_ = x')],
  'address of a call': ['type', 'address of', memory('_ = &pair')],
  'address of a map element': ['type', 'address of', memory('_ = &m["a"]')],
  'dereference of an integer': ['type', 'cannot dereference', memory('_ = *s[0]')],
  'field of a map element': [
    'type',
    'cannot assign',
    file('type t struct{ a int }\nfunc f(m map[int]t) { m[1].a = 2 }'),
  ],
  'map key without equality': ['type', 'cannot be the key', file('var m map[[]int]int')],
  'map key repeats': ['type', 'given twice', memory('_ = map[string]int{"a": 1, "a": 2}')],
  'assignment to a string byte': ['type', 'cannot assign', memory('t[0] = 1')],
  'string of a bool': ['type', 'cannot use', memory('_ = string(true)')],
  'integer plus string': ['type', 'mismatched types', memory('_ = t + 1')],
  'functions are not comparable': ['type', 'is not defined', memory('_ = g == g')],
  'closure without a return': ['type', '`return` is missing', memory('_ = func() int { }')],
  'unused in a closure': ['name', 'declared and not used', memory('func() { x := 1 }()')],
  'label outside of the closure': [
    'name',
    'not defined',
    memory('L:\nfor { func() { for { break L } }(); break L }'),
  ],
  'ambiguous selector': [
    'name',
    'ambiguous',
    file('type a struct{ x int }\ntype b struct{ x int }\ntype c struct { a; b }\nvar v c\nvar w = v.x'),
  ],
  'embedded pointer type': ['type', 'cannot be embedded', file('type p *int\ntype t struct{ p }')],
  'initialisation cycle': ['type', 'depends on', file('var a = f()\nfunc f() int { return a }')],
  'type contains itself through another': [
    'type',
    'contains itself',
    file('type a struct{ b }\ntype b struct{ x [1]a }'),
  ],
  'missing method': ['type', 'no method', memory('var x shape = t\n_ = x')],
  'method with a pointer receiver': [
    'type',
    'pointer receiver',
    memory('var x interface{ move(int) } = *p\n_ = x'),
  ],
  'impossible assertion': ['type', 'impossible', memory('var x shape = p\n_ = x.(string)')],
  'assertion of no interface': ['type', 'no interface', memory('_ = s.(int)')],
  'type switch repeats': ['type', 'duplicate case', memory('switch v.(type) {\ncase int, int:\n}')],
  'unused in a type switch': [
    'name',
    'declared and not used',
    memory('switch x := v.(type) {\ncase int:\n}'),
  ],
  'constraint as a type': ['type', 'only be a constraint', file('var x interface{ ~int }')],
  'constraint not satisfied': [
    'type',
    'do not fit their constraints',
    file('func f[T ~int](x T) {}\nvar x = 1\nfunc g() { f("a") }'),
  ],
  'type argument unknown': ['type', 'cannot infer', file('func f[T ~int]() {}\nfunc g() { f() }')],
  'operator on any': ['type', 'is not defined', file('func f[T any](x, y T) bool { return x < y }')],
  'instances without end': [
    'type',
    'without end',
    file('type box[T any] struct{ v T }\nfunc f[T any](x T) { f(box[T]{x}) }'),
  ],
  'generic type without arguments': ['type', 'needs type arguments', file('type l[T any] struct{}\nvar x l')],
  'receive from a send-only channel': ['type', 'send-only', memory('var x chan<- int = c\n<-x')],
  'send of another type': ['type', 'cannot use', memory('c <- "a"')],
  'fallthrough in a type switch': [
    'syntax',
    'fall through',
    memory('switch v.(type) {\ncase int:\n fallthrough\ncase string:\n}'),
  ],
  'fraction as an integer': ['type', 'is not an integer', file('var x int = 1.5')],
  'division of an untyped zero': ['type', 'division by zero', file('const x = 1.0 / 0.0')],
  'shifted fraction': ['type', 'is not defined', file('const x = 1.5 << 2')],
};
