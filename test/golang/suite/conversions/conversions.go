// Package conversions tests conversions between integer types.
package conversions

func testTruncateUnsigned() bool {
	x := uint64(0x123456789abcdef0)
	return uint32(x) == 0x9abcdef0 && uint16(x) == 0xdef0 && uint8(x) == 0xf0
}

func testTruncateSigned() bool {
	x := int64(0x1234567880)
	return int8(x) == -128 && int16(x) == 0x7880 && int32(x) == 0x34567880
}

func testSignExtends() bool {
	x := int8(-2)
	return int64(x) == -2 && int16(x) == -2 && uint64(x) == 1<<64-2 && uint16(x) == 0xfffe
}

func testZeroExtends() bool {
	x := uint8(254)
	return int64(x) == 254 && uint64(x) == 254 && int16(x) == 254
}

func testReinterpret() bool {
	a, b := uint8(200), int8(-56)
	return int8(a) == b && uint8(b) == a
}

func testReinterpretWide() bool {
	x := uint64(1<<64 - 1)
	return int64(x) == -1 && int(x) == -1 && uint(int64(-1)+int64(x-x)) == uint(x)
}

func testSourceDecidesExtension() bool {
	x := uint64(0xff)
	return uint64(int8(x)) == 1<<64-1 && uint64(uint8(x)) == 255 && int64(int8(x)) == -1
}

func testThroughNarrow() bool {
	x := 1000
	return int(uint8(x)) == 232 && int(int8(x)) == -24
}

func testOrderOfConversionAndArithmetic() bool {
	a, b := uint8(250), uint8(10)
	return uint16(a+b) == 4 && uint16(a)+uint16(b) == 260
}

func testIntAndInt64AreDifferentTypes() bool {
	var a int = -1
	var b int64 = int64(a)
	return uint(a) == uint(uint64(b)) && int(b) == a
}

func testRuneAndByte() bool {
	r := 'A'
	b := byte(r + 1)
	wide := r + 0x100
	return r == 65 && b == 'B' && byte(wide) == 65
}

func testUint32ToInt32() bool {
	x := uint32(3000000000)
	return int32(x) == -1294967296 && int64(int32(x)) == -1294967296 && int64(x) == 3000000000
}

type celsius int32

type kelvin int32

func (c celsius) kelvin() kelvin { return kelvin(c) + 273 }

func testNamedTypes() bool {
	c := celsius(-300)
	return c.kelvin() == -27 && int8(c) == -44 && celsius(uint8(c)) == 212
}

func testConvertedOperand() bool {
	x := int64(-1)
	return uint64(x)>>63 == 1 && x>>63 == -1 && uint8(x>>1) == 255
}

func testConversionInIndex() bool {
	table := [4]uint64{10, 20, 30, 40}
	x := uint16(0x102)
	return table[uint8(x)] == 30 && table[int(x)-256] == 30
}

type flag bool

func testNamedBool() bool {
	x := uint64(3)
	f := flag(x > 2)
	return bool(f) && bool(!f || f) && flag(x == 3) == f
}

type pair struct{ x, y uint32 }

type twin struct{ x, y uint32 }

func testStructConversion() bool {
	p := pair{1, 2}
	q := twin(p)
	q.x = 7
	return p.x == 1 && q == twin{7, 2} && pair(q) == pair{7, 2}
}

func testUnnamedStructIsAssignable() bool {
	var v struct{ x, y uint32 }
	v = pair{3, 4}
	p := pair{}
	p = v
	return p.x == 3 && v.y == 4
}
