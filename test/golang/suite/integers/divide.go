package integers

func divide(a, b int64) (quotient, remainder int64) { return a / b, a % b }

func testDivisionTruncates() bool {
	q1, r1 := divide(7, 2)
	q2, r2 := divide(-7, 2)
	q3, r3 := divide(7, -2)
	q4, r4 := divide(-7, -2)
	return q1 == 3 && r1 == 1 && q2 == -3 && r2 == -1 && q3 == -3 && r3 == 1 && q4 == 3 && r4 == -1
}

func testRemainderHasSignOfDividend() bool {
	a, b := int8(-5), int8(3)
	return a%b == -2 && a/b*b+a%b == a
}

func testUnsignedDivision() bool {
	x := uint64(1<<64 - 1)
	y := uint8(250)
	return x/2 == 1<<63-1 && x%10 == 5 && y/7 == 35 && y%7 == 5
}

func testGuardedDivision() bool {
	x := uint64(10)
	for d := uint64(0); d < 3; d++ {
		if d != 0 && x/d == 0 {
			return false
		}
	}
	zero := x - 10
	return zero == 0 || x/zero == 1
}

func testDivisionByPowerOfTwoIsNoShift() bool {
	a, b, count := int32(-3), int32(2), 1
	return a/b == -1 && a>>count == -2
}

func testOperatorAssignment() bool {
	x := int32(17)
	x += 3
	x -= 5
	x *= 4
	x /= 7
	x %= 5
	return x == 3
}

func testIncrementDecrement() bool {
	x, y := uint8(0), int8(-128)
	x--
	y--
	return x == 255 && y == 127
}

func testDivisionBeforeAddition() bool {
	a, b, c := uint64(7), uint64(8), uint64(3)
	return a+b/c == 9 && (a+b)/c == 5 && a-b/c*c == 1
}

func testRemainderPrecedence() bool {
	a, b, c := 17, 10, 4
	return a%b*c == 28 && a*b%c == 2 && a%(b*c) == 17
}
