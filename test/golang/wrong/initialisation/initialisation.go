// Package initialisation has functions about package variables that panic or return false.
package initialisation

import "sync/atomic"

var limit = 3

func raise() { limit++ }

func testAssigned() bool {
	raise()
	return limit == 3
}

var table = [2]int{1, 2}

func testElementAssigned() bool {
	table[1] = 5
	return table[1] == 2
}

var counted struct{ n int }

func (c *holder) bump() { c.n++ }

type holder struct{ n int }

var held = holder{1}

func testAssignedByMethod() bool {
	held.bump()
	return held.n == 1
}

func add(n *int) { *n++ }

func testAssignedThroughPointer() bool {
	add(&counted.n)
	return counted.n == 0
}

var last int

func testAssignedByRange() bool {
	for _, last = range []int{4, 5} {
	}
	return last == 0
}

var hits uint64

func testAssignedAtomically() bool {
	atomic.AddUint64(&hits, 2)
	return atomic.LoadUint64(&hits) == 0
}

var first = next()

var second = next()

var calls int

func next() int {
	calls++
	return calls
}

func testOrderOfInitialisers() bool {
	return first == 2 && second == 1
}

var later = early + 1

var early = 4

func init() { early = 9 }

func testInitRunsLast() bool {
	return later == 10
}

type code int

func (c code) Error() string { return "" }

var missing error = code(4)

func testSentinelIsAnother() bool {
	return missing == error(code(5))
}

var replaced error = code(1)

func replace(by error) { replaced = by }

func testSentinelReplaced() bool {
	replace(nil)
	return replaced != nil
}
