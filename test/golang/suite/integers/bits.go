package integers

func testBitOperators() bool {
	a, b := uint8(0b1100), uint8(0b1010)
	return a&b == 0b1000 && a|b == 0b1110 && a^b == 0b0110 && a&^b == 0b0100
}

func testComplement() bool {
	a, b, c := uint8(0x0f), int8(0), int64(5)
	return ^a == 0xf0 && ^b == -1 && ^c == -6
}

func testBitAssignment() bool {
	x := uint16(0xff00)
	x |= 0x00f0
	x &= 0x0ff0
	x ^= 0xffff
	x &^= 0x000f
	return x == 0xf000
}

func testBitsOfNegative() bool {
	a, b := int8(-1), int8(0x70)
	return a&b == 0x70 && a|b == -1 && a^b == -113 && a&^b == -113
}

func testPrecedenceOfAndNot() bool {
	a, b, c := uint64(6), uint64(3), uint64(1)
	return a&b+c == 3 && a&(b+c) == 4 && a|b&c == 7 && a^b&c == 7 && (a^b)&c == 1
}

func testShiftBindsAsMultiplication() bool {
	a, b := uint64(1), uint64(2)
	return a<<b+1 == 5 && a+b<<1 == 5 && a<<b*3 == 12
}

func testUnaryMinusAndComplement() bool {
	x := int64(12)
	return -x == ^x+1 && - -x == x && ^^x == x && +x == x
}

func testComparisonOfSigned() bool {
	a, b := int8(-1), int8(1)
	return a < b && uint8(a) > uint8(b) && a <= a && !(a > b) && b >= a
}

func testComparisonOfUnsigned() bool {
	a, b := uint64(1<<63), uint64(1)
	return a > b && int64(a) < int64(b)
}

func testLowestBit() bool {
	x := uint32(0b1011000)
	return x&-x == 0b1000 && x&(x-1) == 0b1010000
}

func testAverageWithoutOverflow() bool {
	a, b := uint8(250), uint8(254)
	return (a+b)/2 == 124 && a/2+b/2 == 252 && a&b+(a^b)>>1 == 252
}
