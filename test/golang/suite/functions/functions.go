// Package functions tests calls, results and parameters.
package functions

func divide(a, b uint64) (quotient, remainder uint64, ok bool) {
	if b == 0 {
		return 0, 0, false
	}
	return a / b, a % b, true
}

func testSeveralResults() bool {
	q, r, ok := divide(17, 5)
	_, _, bad := divide(1, 0)
	return q == 3 && r == 2 && ok && !bad
}

func named(n int) (a, b int, ok bool) {
	a = n
	if n > 10 {
		return
	}
	b = n * 2
	ok = true
	return
}

func testNamedResults() bool {
	a, b, ok := named(3)
	c, d, no := named(30)
	return a == 3 && b == 6 && ok && c == 30 && d == 0 && !no
}

func overridden(n int) (a, b int) {
	a, b = 1, 2
	if n > 0 {
		return b, a
	}
	return a + n, b - n
}

func testReturnAssignsAllAtOnce() bool {
	a, b := overridden(1)
	c, d := overridden(-5)
	return a == 2 && b == 1 && c == -4 && d == 7
}

func changed(n uint8, t [2]int) (uint8, [2]int) {
	n += 100
	t[0] = 5
	return n, t
}

func testParametersAreVariables() bool {
	n, t := uint8(200), [2]int{1, 2}
	m, u := changed(n, t)
	return n == 200 && m == 44 && t[0] == 1 && u == [2]int{5, 2}
}

func pair() (uint64, uint64) { return 4, 9 }

func sum(a, b uint64) uint64 { return a*10 + b }

func forwarded() (uint64, uint64) { return pair() }

func testForwarding() bool {
	a, b := forwarded()
	return sum(pair()) == 49 && sum(forwarded()) == 49 && a == 4 && b == 9
}

func unused(_ int, _ bool, n uint8) uint8 { return n + 1 }

func testBlankParameters() bool {
	return unused(1, true, 255) == 0
}

func blankResult() (_ int, ok bool) {
	ok = true
	return
}

func testBlankResult() bool {
	n, ok := blankResult()
	return n == 0 && ok
}

func total(start int, list ...int) int {
	for i, v := range list {
		start += v * (i + 1)
	}
	return start
}

func testVariadic() bool {
	return total(1) == 1 && total(1, 2) == 3 && total(1, 2, 3) == 9 && total(0, []int{4, 5}...) == 14
}

func isNil(list ...int) bool { return list == nil }

func testVariadicNil() bool {
	return isNil() && !isNil(1) && !isNil([]int{}...) && isNil([]int(nil)...)
}

func setFirst(list ...int) { list[0] = 99 }

func testVariadicSharesSlice() bool {
	s := []int{1, 2}
	setFirst(s...)
	a, b := 1, 2
	setFirst(a, b)
	return s[0] == 99 && a == 1
}

func nothing(p *int) { *p++ }

func testProcedure() bool {
	n := 1
	nothing(&n)
	nothing(&n)
	return n == 3
}

func early(n int, log *int) int {
	if n == 0 {
		*log += 1
		return 0
	}
	for i := range n {
		*log += 10
		if i == 1 {
			return i
		}
	}
	*log += 100
	return n
}

func testReturnAnywhere() bool {
	log := 0
	a, b, c := early(0, &log), early(1, &log), early(5, &log)
	return a == 0 && b == 1 && c == 1 && log == 131
}

func apply(f func(int) int, n int) int { return f(f(n)) }

func double(n int) int { return n * 2 }

func testFunctionAsArgument() bool {
	return apply(double, 3) == 12 && apply(func(n int) int { return n - 1 }, 3) == 1
}

func testFunctionVariable() bool {
	f := double
	g := f
	f = func(n int) int { return n + 1 }
	return f(5) == 6 && g(5) == 10
}

func testFunctionsInStruct() bool {
	ops := struct{ up, down func(int) int }{double, func(n int) int { return n / 2 }}
	return ops.up(ops.down(9)) == 8
}

func testFunctionsInArray() bool {
	table := [2]func(int) int{double, func(n int) int { return n * n }}
	n := 3
	for _, f := range table {
		n = f(n)
	}
	return n == 36
}

func maker(n int) func(int) int {
	return func(m int) int { return n*10 + m }
}

func testFunctionAsResult() bool {
	f, g := maker(1), maker(2)
	return f(3) == 13 && g(4) == 24 && maker(5)(6) == 56
}

func testUnreachableAfterPanic() bool {
	return checked(3) == 4
}

func checked(n int) int {
	if n < 100 {
		return n + 1
	}
	panic("too large")
}
