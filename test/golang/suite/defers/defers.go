// Package defers tests `defer`.
package defers

type log struct{ digits uint64 }

func (l *log) add(digit uint64) { l.digits = l.digits*10 + digit }

func (l *log) value(digit uint64) uint64 {
	l.add(digit)
	return digit
}

func lastFirst(l *log) {
	defer l.add(1)
	defer l.add(2)
	l.add(3)
	defer l.add(4)
}

func testLastFirst() bool {
	var l log
	lastFirst(&l)
	return l.digits == 3421
}

func argumentsNow(l *log) {
	n := uint64(1)
	defer l.add(n)
	n = 2
	defer l.add(n)
	n = 3
}

func testArgumentsAreEvaluatedNow() bool {
	var l log
	argumentsNow(&l)
	return l.digits == 21
}

func nestedArguments(l *log) {
	defer l.add(l.value(1))
	l.add(2)
}

func testNestedArguments() bool {
	var l log
	nestedArguments(&l)
	return l.digits == 121
}

func onlyReached(l *log, n int) {
	defer l.add(1)
	if n > 0 {
		defer l.add(2)
		return
	}
	defer l.add(3)
}

func testOnlyReachedOnes() bool {
	var a, b log
	onlyReached(&a, 1)
	onlyReached(&b, 0)
	return a.digits == 21 && b.digits == 31
}

func afterResult(l *log) uint64 {
	defer l.add(2)
	return l.value(1)
}

func testAfterResultIsEvaluated() bool {
	var l log
	return afterResult(&l) == 1 && l.digits == 12
}

func resultNotChanged() uint64 {
	n := uint64(1)
	defer func() { n = 2 }()
	return n
}

func testUnnamedResultIsNotChanged() bool {
	return resultNotChanged() == 1
}

func resultChanged() (n uint64) {
	defer func() { n += 10 }()
	return 1
}

func testNamedResultIsChanged() bool {
	return resultChanged() == 11
}

func resultDoubled() (n uint64) {
	defer func() { n *= 2 }()
	defer func() { n += 3 }()
	n = 4
	return
}

func testNamedResultChangedTwice() bool {
	return resultDoubled() == 14
}

type counter struct{ n uint64 }

func (c *counter) bump(by uint64) { c.n += by }

func resultByMethod() (c counter) {
	defer c.bump(5)
	c.n = 1
	return counter{10}
}

func testNamedResultChangedByMethod() bool {
	return resultByMethod().n == 15
}

func (c counter) store(into *uint64) { *into = c.n }

func valueReceiver(into *uint64) {
	c := counter{1}
	defer c.store(into)
	c.n = 2
}

func testValueReceiverIsCopiedNow() bool {
	var n uint64
	valueReceiver(&n)
	return n == 1
}

func pointerReceiver(into *uint64) {
	c := counter{1}
	defer func(p *counter) { p.store(into) }(&c)
	c.n = 2
}

func testPointerIsReadLater() bool {
	var n uint64
	pointerReceiver(&n)
	return n == 2
}

func inLoop(l *log) {
	for i := uint64(1); i <= 3; i++ {
		defer l.add(i)
	}
	l.add(9)
}

func testInLoop() bool {
	var l log
	inLoop(&l)
	return l.digits == 9321
}

func closuresInLoop(l *log) {
	for i := uint64(1); i <= 3; i++ {
		defer func() { l.add(i) }()
	}
}

func testClosuresInLoop() bool {
	var l log
	closuresInLoop(&l)
	return l.digits == 321
}

func inBlock(l *log) {
	{
		defer l.add(1)
	}
	l.add(2)
}

func testRunsAtEndOfFunctionNotOfBlock() bool {
	var l log
	inBlock(&l)
	return l.digits == 21
}

func outer(l *log) {
	defer l.add(1)
	inner(l)
	l.add(2)
}

func inner(l *log) {
	defer l.add(3)
	l.add(4)
}

func testEachFunctionItsOwn() bool {
	var l log
	outer(&l)
	return l.digits == 4321
}

func ofClosure(l *log) {
	func() {
		defer l.add(1)
		l.add(2)
	}()
	l.add(3)
}

func testInFunctionLiteral() bool {
	var l log
	ofClosure(&l)
	return l.digits == 213
}

func deferredWithDefer(l *log) {
	defer func() {
		defer l.add(1)
		l.add(2)
	}()
	l.add(3)
}

func testDeferredCallDefers() bool {
	var l log
	deferredWithDefer(&l)
	return l.digits == 321
}

func functionValueNow(l *log) {
	f := func() { l.add(1) }
	defer f()
	f = func() { l.add(2) }
	f()
}

func testFunctionValueIsEvaluatedNow() bool {
	var l log
	functionValueNow(&l)
	return l.digits == 21
}

func captured() (n int) {
	x := 1
	defer func() { n = x }()
	x = 5
	return x + 1
}

func testClosureReadsLater() bool {
	return captured() == 5
}

func deferredBuiltin(m map[int]int) {
	defer delete(m, 1)
	m[1] = 5
	m[2] = 6
}

func testDeferredBuiltin() bool {
	m := map[int]int{}
	deferredBuiltin(m)
	return len(m) == 1 && m[2] == 6
}

func swapped() (a, b int) {
	defer func() { a, b = b, a }()
	return 1, 2
}

func testSwappedResults() bool {
	a, b := swapped()
	return a == 2 && b == 1
}

func stopped(n int) int {
	if n > 2 {
		defer panic("too many")
	}
	return n
}

func testDeferredPanicThatIsNotReached() bool {
	return stopped(1) == 1 && stopped(2) == 2
}
