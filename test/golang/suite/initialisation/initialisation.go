// Package initialisation tests package variables and the order in which they are initialised.
package initialisation

var a = b + 1

var b = f(c)

var c = uint64(5)

func f(n uint64) uint64 { return n * 2 }

func testOrderByDependency() bool {
	return a == 11 && b == 10 && c == 5
}

var x, y = pair()

func pair() (int, bool) { return 7, true }

func testSeveralFromOneCall() bool {
	return x == 7 && y
}

var first = next()

var second = next()

var counter int

func next() int {
	counter++
	return counter
}

func testOrderOfDeclaration() bool {
	return first == 1 && second == 2
}

var table = [4]uint64{1, 2, 3: len3()}

func len3() uint64 { return uint64(len(names) * 20) }

var names = []string{"a", "b"}

func testArray() bool {
	return table == [4]uint64{1, 2, 0, 40}
}

var origin = struct{ x, y int }{y: 3}

func testStruct() bool {
	return origin.x == 0 && origin.y == 3
}

var (
	slice = []int{1, 2, 3}
	index = map[string]int{"a": slice[0], "b": slice[2]}
)

func testSliceAndMap() bool {
	return len(slice) == 3 && index["b"] == 3 && index["a"] == 1
}

var zero struct {
	n  uint8
	ok bool
}

func testZeroValue() bool {
	return zero.n == 0 && !zero.ok
}

var ready bool

func init() {
	ready = true
}

func testInit() bool {
	return ready
}

const size = 3

var sized [size]uint8

func testConstantSize() bool {
	return len(sized) == 3 && sized[size-1] == 0
}

var increment = func(n uint8) uint8 { return n + 1 }

func testFunctionVariable() bool {
	return increment(255) == 0
}

var pointed = &target

var target = 4

func testPointerToVariable() bool {
	return *pointed == 4 && pointed == &target
}

type code uint8

func (c code) Error() string { return "code" }

var (
	errMissing error = code(1)
	errExists  error = code(2)
	nothing    error
)

func lookedUp(n int) error {
	switch n {
	case 0:
		return errMissing
	case 1:
		return errExists
	}
	return nothing
}

func testSentinelsOfValues() bool {
	return lookedUp(0) == errMissing && lookedUp(1) != errMissing && lookedUp(2) == nil && errMissing != nil &&
		lookedUp(1).(code) == 2
}

type limits struct {
	low, high uint64
	names     [2]string
}

var bounds = limits{1, 9, [2]string{"low", "high"}}

func testConstantStruct() bool {
	b := bounds
	b.low = 5
	sum := 0
	for _, name := range bounds.names {
		sum += len(name)
	}
	return bounds.low == 1 && b.high == 9 && bounds.names[1] == "high" && sum == 7
}

var compare = less

func less(a, b int) bool { return a < b }

func testDeclaredFunctionVariable() bool {
	return compare(1, 2) && !compare(2, 1)
}
