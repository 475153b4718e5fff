// Package shifts tests shifts by all kinds of counts.
package shifts

func testLeftByWidth() bool {
	a, b, c, d := uint8(255), uint16(1), uint32(1), uint64(1)
	n := uint(8)
	return a<<n == 0 && b<<(n*2) == 0 && c<<(n*4) == 0 && d<<(n*8) == 0
}

func testRightByWidth() bool {
	a, b := uint8(255), uint64(1<<63)
	n := 8
	return a>>n == 0 && b>>(n*8) == 0 && b>>(n*8-1) == 1
}

func testByHugeCount() bool {
	x := uint64(12345)
	n := uint64(1 << 63)
	return x<<n == 0 && x>>n == 0
}

func testSignedRightByHugeCount() bool {
	x, y := int64(-12345), int64(12345)
	n := uint64(1<<64 - 1)
	return x>>n == -1 && y>>n == 0 && x<<n == 0
}

func testSignedRightKeepsSign() bool {
	a, b := int8(-128), int32(-7)
	n := 3
	return a>>n == -16 && b>>n == -1 && b>>1 == -4
}

func testLeftIntoSign() bool {
	a, n := int8(64), 1
	b := int8(-128)
	return a<<n == -128 && b<<n == 0
}

func testCountIsNotReduced() bool {
	x, n := uint32(1), uint32(33)
	y, m := uint64(1), uint8(64)
	return x<<n == 0 && y<<m == 0 && y<<(m+1) == 0
}

func testCountOfNarrowType() bool {
	n := uint8(250)
	x := uint64(1<<64 - 1)
	return x>>n == 0 && x>>(n+10) == 0xfffffffffffffff
}

func testShiftIsInTypeOfLeft() bool {
	x := uint8(200)
	n := uint64(1)
	return x<<n == 144 && uint64(x)<<n == 400 && x<<n>>n == 72
}

func testUntypedTakesTypeOfContext() bool {
	n := 9
	var a uint8 = 1 << n
	var b uint16 = 1 << n
	return a == 0 && b == 512
}

func testUntypedInComparison() bool {
	n := uint(63)
	x := uint64(1 << 63)
	return x == 1<<n && 1<<n == x
}

func testUntypedInConversion() bool {
	n := 40
	return uint32(1<<n) == 0 && uint64(1<<n) == 1099511627776
}

func testUntypedIsIntByItself() bool {
	n := 63
	x := 1 << n
	return x < 0
}

func testShiftAssignment() bool {
	x := uint8(0b10010110)
	x <<= 3
	y := x
	y >>= 4
	return x == 0b10110000 && y == 0b1011
}

func testShiftByZero() bool {
	n := 0
	x := int16(-5)
	return x<<n == x && x>>n == x
}

func testRotate() bool {
	x := uint32(0x80000001)
	n := uint(4)
	return x<<n|x>>(32-n) == 0x18
}

func testSignedCount() bool {
	n := int8(7)
	x := uint8(1)
	return x<<n == 128
}

func testConstantOfShiftedConstant() bool {
	const big = 1 << 100
	x := uint64(big >> 90)
	return x == 1024
}

func testMaskOfLowBits() bool {
	n := uint64(64)
	one := uint64(1)
	return one<<n-1 == 1<<64-1 && one<<(n-60)-1 == 15
}

func testShiftsFromTheLeft() bool {
	x, a, b := uint64(256), 4, 2
	return x>>a>>b == 4 && x>>a<<b == 64 && x>>(a>>b) == 128
}
