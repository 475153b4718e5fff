// Package closures tests function literals and the variables that they share.
package closures

func testReadsVariable() bool {
	x := 1
	f := func() int { return x }
	x = 2
	return f() == 2
}

func testWritesVariable() bool {
	x := 1
	f := func(n int) { x += n }
	f(3)
	f(4)
	return x == 8
}

func testCalledDirectly() bool {
	n := func(a, b int) int { return a - b }(7, 3)
	return n == 4
}

func counter() func() int {
	n := 0
	return func() int {
		n++
		return n
	}
}

func testKeepsItsVariables() bool {
	f, g := counter(), counter()
	a, b, c := f(), f(), g()
	return a == 1 && b == 2 && c == 1 && f() == 3
}

func pair() (func(int), func() int) {
	n := 0
	return func(v int) { n = v }, func() int { return n }
}

func testTwoShareOneVariable() bool {
	set, get := pair()
	set(5)
	before := get()
	set(6)
	return before == 5 && get() == 6
}

func testCapturesParameter() bool {
	f := adder(10)
	return f(1) == 11 && f(1) == 12
}

func adder(sum int) func(int) int {
	return func(n int) int {
		sum += n
		return sum
	}
}

func testLoopVariableOfRange() bool {
	var fs [3]func() int
	for i := range fs {
		fs[i] = func() int { return i }
	}
	return fs[0]() == 0 && fs[1]() == 1 && fs[2]() == 2
}

func testLoopVariableOfThreeClauses() bool {
	var fs [3]func() int
	for i := 0; i < 3; i++ {
		fs[i] = func() int { i += 10; return i }
	}
	return fs[0]() == 10 && fs[0]() == 20 && fs[1]() == 11 && fs[2]() == 12
}

func testLoopVariableIsCopiedBeforePost() bool {
	var f func() int
	rounds := 0
	for i := 0; i < 3; i++ {
		if f == nil {
			f = func() int { return i }
		}
		i += 0
		rounds++
	}
	return rounds == 3 && f() == 0
}

func testChangeOfLoopVariableByClosure() bool {
	rounds := 0
	for i := 0; i < 10; i++ {
		skip := func() { i += 4 }
		skip()
		rounds++
	}
	return rounds == 2
}

func testOuterVariableOfLoopIsShared() bool {
	var fs [2]func() int
	j := 0
	for i := range fs {
		j = i * 10
		fs[i] = func() int { return j }
	}
	return fs[0]() == 10 && fs[1]() == 10
}

func testVariableInBodyIsNewEachRound() bool {
	var fs []func() int
	for i := range 3 {
		x := i * i
		fs = append(fs, func() int { x++; return x })
	}
	return fs[2]() == 5 && fs[1]() == 2 && fs[2]() == 6 && fs[0]() == 1
}

func testNested() bool {
	x := 1
	f := func() func() int {
		y := x * 10
		return func() int {
			x++
			y++
			return x*100 + y
		}
	}
	g := f()
	x = 5
	a := g()
	return a == 611 && x == 6 && g() == 712
}

func testHidesOuter() bool {
	x := 1
	f := func(x int) int {
		x++
		return x
	}
	return f(10) == 11 && x == 1
}

func testCapturesStruct() bool {
	p := struct{ a, b int }{1, 2}
	f := func() { p.a = 10 }
	q := p
	f()
	return p.a == 10 && q.a == 1
}

func testCapturesArray() bool {
	var t [3]int
	set := func(i, v int) { t[i] = v }
	u := t
	set(1, 5)
	return t[1] == 5 && u[1] == 0
}

func testCapturesReceiver() bool {
	m := machine{1}
	f := m.step()
	f()
	return m.n == 2 && f() == 3 && m.n == 3
}

type machine struct{ n int }

func (m *machine) step() func() int {
	return func() int {
		m.n++
		return m.n
	}
}

func testCapturesCopyOfReceiver() bool {
	m := machine{1}
	f := m.stepped()
	m.n = 100
	return f() == 2 && f() == 3 && m.n == 100
}

func (m machine) stepped() func() int {
	return func() int {
		m.n++
		return m.n
	}
}

func apply(t []int, f func(int) int) {
	for i, v := range t {
		t[i] = f(v)
	}
}

func testPassedToKnownFunction() bool {
	sum := 0
	t := []int{1, 2, 3}
	apply(t, func(v int) int {
		sum += v
		return sum
	})
	return sum == 6 && t[0] == 1 && t[1] == 3 && t[2] == 6
}

func testReturnsOnlyFromLiteral() bool {
	find := func(n int) int {
		for i := range 10 {
			if i*i >= n {
				return i
			}
		}
		return -1
	}
	return find(10) == 4 && find(1000) == -1
}

func testSeveralResults() bool {
	split := func(n int) (tens, ones int) {
		tens = n / 10
		ones = n % 10
		return
	}
	a, b := split(47)
	return a == 4 && b == 7
}

func testRecursiveLiteral() bool {
	var even func(n int) bool
	even = func(n int) bool { return n == 0 || !even(n-1) }
	return even(4) && !even(3)
}

func testCompose() bool {
	compose := func(f, g func(int) int) func(int) int {
		return func(n int) int { return f(g(n)) }
	}
	double := func(n int) int { return n * 2 }
	increment := func(n int) int { return n + 1 }
	return compose(double, increment)(3) == 8 && compose(increment, double)(3) == 7
}

func testReassignedFunction() bool {
	f := func() int { return 1 }
	g := func() int { return f() * 10 }
	f = func() int { return 2 }
	return g() == 20
}
