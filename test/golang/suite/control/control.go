// Package control tests `if`, `for` and jumps.
package control

func testIfElseChain() bool {
	return grade(5) == 1 && grade(50) == 2 && grade(500) == 3
}

func grade(n uint64) uint64 {
	if n < 10 {
		return 1
	} else if n < 100 {
		return 2
	}
	return 3
}

func testWhile() bool {
	n, rounds := uint64(27), 0
	for n != 1 && rounds < 10 {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
		rounds++
	}
	return n == 214 && rounds == 10
}

func testForEverWithBreak() bool {
	n := 0
	for {
		n += 3
		if n > 10 {
			break
		}
	}
	return n == 12
}

func testConditionIsCheckedFirst() bool {
	rounds := 0
	for i := 5; i < 5; i++ {
		rounds++
	}
	for rounds > 0 {
		rounds++
	}
	return rounds == 0
}

func testContinueRunsPost() bool {
	sum := 0
	for i := 0; i < 6; i++ {
		if i%2 == 0 {
			continue
		}
		sum += i
	}
	return sum == 9
}

func testBreakSkipsPost() bool {
	i := 0
	for ; i < 10; i++ {
		if i == 4 {
			break
		}
	}
	return i == 4
}

func testNestedBreakLeavesInnerOnly() bool {
	n := 0
	for i := 0; i < 3; i++ {
		for j := 0; j < 3; j++ {
			if j == 1 {
				break
			}
			n++
		}
		n += 10
	}
	return n == 33
}

func testLabelledBreak() bool {
	n := 0
outer:
	for i := 0; i < 3; i++ {
		for j := 0; j < 3; j++ {
			if i == 1 && j == 1 {
				break outer
			}
			n += 1
		}
		n += 10
	}
	return n == 14
}

func testLabelledContinue() bool {
	n := 0
outer:
	for i := 0; i < 3; i++ {
		for j := 0; j < 3; j++ {
			if j == 1 {
				continue outer
			}
			n++
		}
		n += 100
	}
	return n == 3
}

func testLabelledBreakOfSwitch() bool {
	n := 0
choice:
	switch {
	case n == 0:
		for {
			n++
			if n == 3 {
				break choice
			}
		}
	default:
		n = 100
	}
	return n == 3
}

func testBreakInSwitchInLoop() bool {
	n := 0
	for i := 0; i < 3; i++ {
		switch i {
		case 1:
			break
		default:
			n++
		}
		n += 10
	}
	return n == 32
}

func testContinueInSwitchInLoop() bool {
	n := 0
	for i := 0; i < 3; i++ {
		switch i {
		case 1:
			continue
		}
		n += 10
	}
	return n == 20
}

func testLabelledBreakFromSwitch() bool {
	n := 0
loop:
	for i := 0; ; i++ {
		switch i {
		case 3:
			break loop
		default:
			n += i
		}
	}
	return n == 3
}

func testReturnFromNestedLoops() bool {
	return found(3) == 12 && found(99) == 0
}

func found(n int) int {
	for i := 1; i < 5; i++ {
		for j := 1; j < 5; j++ {
			if i*j == n {
				return i*10 + j + -n/3
			}
		}
	}
	return 0
}

func testTwoVariables() bool {
	n := 0
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		n += j - i
	}
	return n == 22
}

func testLoopVariableChangedInBody() bool {
	rounds := 0
	for i := 0; i < 10; i++ {
		i += 2
		rounds++
	}
	return rounds == 4
}

func testCountDownUnsigned() bool {
	rounds := 0
	for i := uint8(3); i < 4; i-- {
		rounds++
	}
	return rounds == 4
}

func testUselessGoto() bool {
	n := 0
	goto end
end:
	n++
	return n == 1
}

func testLoopByGoto() bool {
	n := 0
again:
	n++
	if n < 5 {
		goto again
	}
	return n == 5
}

func testEmptyBlocks() bool {
	n := 0
	if n == 1 {
	}
	for n > 0 {
	}
	{
	}
	switch n {
	}
	switch {
	}
	return n == 0
}
