// Package constants tests constant expressions.
package constants

const (
	huge      = 1 << 200
	smallHuge = huge >> 190
	mask      = 1<<64 - 1
)

func testBeyond64Bits() bool {
	x := uint64(smallHuge)
	return x == 1024 && huge/(1<<198) == 4 && uint64(mask) == 18446744073709551615
}

func testExactDivision() bool {
	const third = (1<<100 + 2) / 3 * 3
	x := uint64(third % 1000)
	y := int8(-7 / 2)
	return y == -3 && x == (1<<100+2)/3*3%1000
}

const (
	zero = iota
	one
	_
	three
)

func testIota() bool {
	x := three
	return zero == 0 && one == 1 && x == 3
}

const (
	kilobyte = 1 << (10 * (iota + 1))
	megabyte
	gigabyte
)

func testIotaInExpression() bool {
	x := uint64(gigabyte)
	return x == 1073741824 && megabyte/kilobyte == 1024
}

const (
	a0, b0 = iota, 10 - iota
	a1, b1
	_, _
	a3, b3
)

func testIotaInLists() bool {
	x := a3*100 + b3
	return x == 307 && a1 == 1 && b1 == 9 && a0+b0 == 10
}

const (
	first  = "skipped"
	second = iota
	third  = iota * 2
)

func testIotaCountsSpecifications() bool {
	x := third
	return second == 1 && x == 4
}

type level uint8

const (
	low level = iota + 1
	middle
	high
)

func testTypedIota() bool {
	var l level = high
	l += 253
	return l == 0 && middle == level(2) && low < high
}

const (
	bit0 uint8 = 1 << iota
	bit1
	bit2
	_
	bit4
)

func testFlagsRepeatTheirType() bool {
	x := bit4 | bit2
	x <<= 4
	return x == 64 && bit1 == 2 && ^bit0 == 254
}

func testComplementOfTypedConstant() bool {
	const narrow uint8 = 1
	const wide int64 = 1
	return ^narrow == 254 && ^wide == -2 && ^uint16(0) == 65535
}

func testComplementOfUntypedConstant() bool {
	const c = ^1
	x := int8(c)
	return x == -2 && c&0xff == 254
}

func testLocalConstantHidesGlobal() bool {
	const one = 11
	x := one
	{
		const one = one + 1
		x += one
	}
	return x == 23
}

func testLocalIota() bool {
	const (
		x = iota + 5
		y
	)
	return x == 5 && y == 6
}

func testRuneConstants() bool {
	const letter = 'a' + 2
	b := byte(letter)
	return b == 99 && letter == 'c' && '\n' == 10 && '\x41' == 'A' && '\u00e9' == 233 && '\'' == 39
}

func testBoolConstants() bool {
	const debug = 1 > 2
	const other = !debug && 'a' < 'b'
	return other && !debug && other != debug
}

func testNumberSpellings() bool {
	x := uint64(0x_ff + 0b1010 + 0o17 + 017 + 1_000)
	return x == 255+10+15+15+1000
}

func testShiftOfConstantByConstant() bool {
	const c = 3 << 62 >> 61
	x := uint8(c)
	return x == 6
}

func testRemainderOfNegativeConstant() bool {
	const c = -17 % 5
	x := int8(c)
	return x == -2 && -17/5 == -3
}

func testTypedConstantArithmetic() bool {
	const limit uint64 = 1<<64 - 1
	const half = limit / 2
	x := half
	x += half + 1
	return x == limit && half == 1<<63-1
}

func testDefaultTypes() bool {
	i, r := 1, 'b'
	i <<= 40
	r <<= 24
	return i == 1099511627776 && r == 1644167168
}

func testConstantOfLength() bool {
	var table [1 << 4]uint8
	const n = len(table) * 2
	var other [n]bool
	return n == 32 && len(other) == 32
}

const message = "héllo"

func testLengthOfStringConstant() bool {
	const n = len(message)
	x := n
	return x == 6 && len("") == 0
}

func testIntegralFloatConstant() bool {
	const n = 1e3 / 4
	var x uint16 = n
	y := uint64(2.5 * 4)
	return x == 250 && y == 10
}
