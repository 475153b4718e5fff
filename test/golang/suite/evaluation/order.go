// Package evaluation tests the order in which operands are evaluated.
package evaluation

// trace writes down, as decimal digits, what happened in which order.
type trace struct{ digits uint64 }

func (t *trace) mark(digit, value uint64) uint64 {
	t.digits = t.digits*10 + digit
	return value
}

func (t *trace) check(digit uint64, value bool) bool {
	t.digits = t.digits*10 + digit
	return value
}

func (t *trace) two(digit uint64) (uint64, uint64) {
	t.digits = t.digits*10 + digit
	return digit, digit + 1
}

func add3(a, b, c uint64) uint64 { return a + b*10 + c*100 }

func testCallsFromLeftToRight() bool {
	var t trace
	x := t.mark(1, 5) - t.mark(2, 2) - t.mark(3, 1)
	return x == 2 && t.digits == 123
}

func testPrecedenceDoesNotChangeOrder() bool {
	var t trace
	x := t.mark(1, 2) + t.mark(2, 3)*t.mark(3, 4)
	return x == 14 && t.digits == 123
}

func testParenthesesDoNotChangeOrder() bool {
	var t trace
	x := t.mark(1, 20) - (t.mark(2, 5) - t.mark(3, 2))
	return x == 17 && t.digits == 123
}

func testArguments() bool {
	var t trace
	x := add3(t.mark(1, 1), t.mark(2, 2), t.mark(3, 3))
	return x == 321 && t.digits == 123
}

func testNestedCalls() bool {
	var t trace
	x := add3(t.mark(1, t.mark(2, 7)), t.mark(3, 8), t.mark(4, 9))
	return x == 987 && t.digits == 2134
}

func testAndStopsAtFalse() bool {
	var t trace
	a := t.check(1, false) && t.check(2, true)
	b := t.check(3, true) && t.check(4, false) && t.check(5, true)
	return !a && !b && t.digits == 134
}

func testOrStopsAtTrue() bool {
	var t trace
	a := t.check(1, true) || t.check(2, true)
	b := t.check(3, false) || t.check(4, true) || t.check(5, true)
	return a && b && t.digits == 134
}

func testMixedAndOr() bool {
	var t trace
	a := t.check(1, false) && t.check(2, true) || t.check(3, true)
	b := t.check(4, true) || t.check(5, true) && t.check(6, true)
	return a && b && t.digits == 134
}

func testGuardedIndex() bool {
	table := [3]uint64{1, 2, 3}
	i := uint64(7)
	return !(i < 3 && table[i] == 0) && (i >= 3 || table[i] > 0)
}

func testParallelValues() bool {
	var t trace
	a, b, c := t.mark(1, 1), t.mark(2, 2), t.mark(3, 3)
	return a+10*b+100*c == 321 && t.digits == 123
}

func testReturnValues() bool {
	var t trace
	a, b := returned(&t)
	return a == 3 && b == 4 && t.digits == 12
}

func returned(t *trace) (uint64, uint64) {
	return t.mark(1, 3), t.mark(2, 4)
}

func testIndexBeforeAssignment() bool {
	table := [3]uint64{}
	i := 0
	i, table[i] = 2, 9
	return i == 2 && table == [3]uint64{9, 0, 0}
}

func testCallsInTargets() bool {
	var t trace
	var table [3]uint64
	table[t.mark(1, 0)], table[t.mark(2, 1)] = t.mark(3, 5), t.mark(4, 6)
	return table == [3]uint64{5, 6, 0} && t.digits == 1234
}

func testTargetOfOperationOnce() bool {
	var t trace
	table := [3]uint64{1, 2, 3}
	table[t.mark(1, 2)] += t.mark(2, 10)
	return table == [3]uint64{1, 2, 13} && t.digits == 12
}

func testTargetOfIncrementOnce() bool {
	var t trace
	table := [2]uint64{}
	table[t.mark(7, 1)]++
	return table[1] == 1 && t.digits == 7
}

func testReceiverBeforeArguments() bool {
	var t trace
	x := chosen(&t, 1).mark(t.mark(2, 3), 0)
	return x == 0 && t.digits == 123
}

func chosen(t *trace, digit uint64) *trace {
	t.mark(digit, 0)
	return t
}

func testCompositeElements() bool {
	var t trace
	x := [3]uint64{t.mark(1, 4), t.mark(2, 5), t.mark(3, 6)}
	return x == [3]uint64{4, 5, 6} && t.digits == 123
}

type triple struct{ a, b, c uint64 }

func testCompositeFieldsAsWritten() bool {
	var t trace
	x := triple{c: t.mark(1, 7), a: t.mark(2, 8)}
	return x == triple{8, 0, 7} && t.digits == 12
}

func testSeveralResultsOnce() bool {
	var t trace
	a, b := t.two(4)
	return a == 4 && b == 5 && t.digits == 4
}

func testForwardedResults() bool {
	var t trace
	return t.mark(t.two(3)) == 4 && t.digits == 33
}

func testConditionEachRound() bool {
	var t trace
	n := uint64(0)
	for t.check(1, n < 2) {
		t.mark(2, 0)
		n++
	}
	return t.digits == 12121
}

func testLoopClausesInOrder() bool {
	var t trace
	for i := t.mark(1, 0); t.check(2, i < 2); i += t.mark(4, 1) {
		t.mark(3, 0)
	}
	return t.digits == 12342342
}

func testRangeOperandOnce() bool {
	var t trace
	for range t.mark(1, 3) {
		t.mark(2, 0)
	}
	return t.digits == 1222
}

func testSwitchTagOnceCasesInOrder() bool {
	var t trace
	switch t.mark(1, 6) {
	case t.mark(2, 5), t.mark(3, 6), t.mark(4, 7):
		t.mark(5, 0)
	case t.mark(6, 6):
		t.mark(7, 0)
	}
	return t.digits == 1235
}

func testSwitchConditionsInOrder() bool {
	var t trace
	switch {
	case t.check(1, false), t.check(2, true):
		t.mark(3, 0)
	case t.check(4, true):
		t.mark(5, 0)
	default:
		t.mark(6, 0)
	}
	return t.digits == 123
}

func testIfInitialiserFirst() bool {
	var t trace
	if x := t.mark(1, 2); t.check(2, x == 3) {
		t.mark(3, 0)
	} else if y := t.mark(4, x); t.check(5, y == 2) {
		t.mark(6, 0)
	}
	return t.digits == 12456
}

func testBlankStillEvaluates() bool {
	var t trace
	_ = t.mark(1, 0)
	_, x := t.two(2)
	return x == 3 && t.digits == 12
}

func testShiftOperands() bool {
	var t trace
	x := t.mark(1, 1) << t.mark(2, 4)
	return x == 16 && t.digits == 12
}

func testComparisonOperands() bool {
	var t trace
	return t.mark(1, 3) > t.mark(2, 2) && t.digits == 12
}

func bumped(n *int) int {
	*n++
	return *n
}

func testLogicalOperandsAreInOrder() bool {
	x := 0
	return bumped(&x) == 1 && x == 1 && bumped(&x) == 2 && (x == 5 || bumped(&x) == 3) && x == 3
}

type chain struct{ n int }

func (c *chain) next() *chain {
	c.n++
	return c
}

func testResultIsReadAfterTheCall() bool {
	c := chain{}
	return c.next().next().n == 2 && c.n == 2
}
