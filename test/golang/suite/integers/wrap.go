// Package integers tests arithmetic on integers of every width.
package integers

func testWrapUint8() bool {
	x := uint8(255)
	x++
	return x == 0
}

func testWrapUint16() bool {
	x := uint16(65535)
	x += 2
	return x == 1
}

func testWrapUint32() bool {
	x := uint32(0)
	x--
	return x == 4294967295
}

func testWrapUint64() bool {
	x := uint64(1 << 63)
	return x+x == 0 && x*2+1 == 1 && -x == x
}

func testWrapUint() bool {
	x := uint(0)
	x -= 1
	return x == 18446744073709551615
}

func testWrapInt8() bool {
	x := int8(127)
	x++
	return x == -128
}

func testWrapInt16() bool {
	x := int16(-32768)
	x--
	return x == 32767
}

func testWrapInt32() bool {
	x := int32(2147483647)
	return x+1 == -2147483648 && x*2 == -2
}

func testWrapInt64() bool {
	x := int64(9223372036854775807)
	y := x
	y++
	return y < 0 && y == -x-1
}

func testWrapInt() bool {
	x := int(9223372036854775807)
	return x+x == -2
}

func testNegateSmallest() bool {
	a, b, c := int8(-128), int32(-2147483648), int64(-9223372036854775808)
	return -a == a && -b == b && -c == c && a < 0 && b < 0 && c < 0
}

func testDivideSmallestByMinusOne() bool {
	a, b := int8(-128), int8(-1)
	c, d := int64(-9223372036854775808), int64(-1)
	return a/b == -128 && a%b == 0 && c/d == c && c%d == 0
}

func testMultiplySmallest() bool {
	a, b := int16(-32768), int16(-1)
	return a*b == -32768
}

func testMultiplyWide() bool {
	x := uint64(0xffffffff)
	y := uint32(0xffffffff)
	return x*x == 0xfffffffe00000001 && y*y == 1
}

func testSumInWidthOfOperands() bool {
	a, b := uint8(200), uint8(100)
	return a+b == 44 && uint16(a)+uint16(b) == 300 && uint16(a+b) == 44
}

func testDifferenceUnsigned() bool {
	a, b := uint64(1), uint64(2)
	return a-b > a && a-b == 1<<64-1
}
