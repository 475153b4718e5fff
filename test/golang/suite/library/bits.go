package library

import (
	"math"
	"math/bits"
)

func testIntegerConstants() bool {
	var small int8 = math.MinInt8
	var large uint64 = math.MaxUint64
	return large+1 == 0 && int64(math.MaxInt64) > 0 && small-1 == math.MaxInt8 &&
		math.MaxUint32 == 1<<32-1 && math.MaxUint16 == 65535 && math.MaxInt == math.MaxInt64
}

func lengthFits(x uint64) bool {
	n := bits.Len64(x)
	return x>>n == 0 && (n == 0 || x>>(n-1) == 1) && bits.LeadingZeros64(x) == 64-n
}

func testLen() bool {
	return lengthFits(0) && lengthFits(1) && lengthFits(6) && lengthFits(1<<40) && lengthFits(1<<64-1) &&
		bits.Len8(200) == 8 && bits.Len16(256) == 9 && bits.Len32(7) == 3 && bits.Len(1<<20) == 21
}

func testTrailingZeros() bool {
	return bits.TrailingZeros64(0) == 64 && bits.TrailingZeros64(40) == 3 && bits.TrailingZeros64(1<<63) == 63 &&
		bits.TrailingZeros32(0) == 32 && bits.TrailingZeros8(0) == 8 && bits.TrailingZeros16(96) == 5
}

func testOnesCount() bool {
	return bits.OnesCount64(0) == 0 && bits.OnesCount64(1<<64-1) == 64 && bits.OnesCount8(0xa5) == 4 &&
		bits.OnesCount64(0x8000000000000001) == 2
}

func testRotateLeft() bool {
	return bits.RotateLeft8(0x81, 1) == 3 && bits.RotateLeft8(0x81, -1) == 0xc0 && bits.RotateLeft64(1, 64) == 1 &&
		bits.RotateLeft32(1, 33) == 2 && bits.RotateLeft16(0x8001, 0) == 0x8001
}

func testReverseBytes() bool {
	return bits.ReverseBytes64(0x0102030405060708) == 0x0807060504030201 && bits.ReverseBytes32(0x01020304) == 0x04030201
}

func testAdd64() bool {
	sum, carry := bits.Add64(1<<64-1, 0, 1)
	more, none := bits.Add64(1, 2, carry)
	return sum == 0 && carry == 1 && more == 4 && none == 0
}

func testSub64() bool {
	diff, borrow := bits.Sub64(0, 0, 1)
	less, none := bits.Sub64(5, 2, borrow)
	return diff == 1<<64-1 && borrow == 1 && less == 2 && none == 0
}

func testMul64() bool {
	hi, lo := bits.Mul64(1<<63+5, 6)
	most, least := bits.Mul64(1<<64-1, 1<<64-1)
	return hi == 3 && lo == 30 && most == 1<<64-2 && least == 1
}
