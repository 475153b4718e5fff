// Package bits is what the verifier reads where code imports Go's package math/bits.
package bits

// UintSize is the number of bits of a uint.
const UintSize = 64

const (
	low8  = 1<<8 - 1
	low16 = 1<<16 - 1
	low32 = 1<<32 - 1
)

// Len64 returns how many bits it takes to write x; 0 for 0.
func Len64(x uint64) int {
	n := 0
	if x > low32 {
		x >>= 32
		n = 32
	}
	if x > low16 {
		x >>= 16
		n += 16
	}
	if x > low8 {
		x >>= 8
		n += 8
	}
	if x > 15 {
		x >>= 4
		n += 4
	}
	if x > 3 {
		x >>= 2
		n += 2
	}
	if x > 1 {
		return n + 2
	}
	return n + int(x)
}

// TrailingZeros64 returns the number of zero bits below the lowest one of x; 64 for 0.
func TrailingZeros64(x uint64) int {
	if x == 0 {
		return 64
	}
	n := 0
	if x&low32 == 0 {
		x >>= 32
		n = 32
	}
	if x&low16 == 0 {
		x >>= 16
		n += 16
	}
	if x&low8 == 0 {
		x >>= 8
		n += 8
	}
	if x&15 == 0 {
		x >>= 4
		n += 4
	}
	if x&3 == 0 {
		x >>= 2
		n += 2
	}
	if x&1 == 0 {
		n++
	}
	return n
}

// OnesCount64 returns the number of bits of x that are 1.
func OnesCount64(x uint64) int {
	x = x&0x5555555555555555 + x>>1&0x5555555555555555
	x = x&0x3333333333333333 + x>>2&0x3333333333333333
	x = x&0x0f0f0f0f0f0f0f0f + x>>4&0x0f0f0f0f0f0f0f0f
	x = x&0x00ff00ff00ff00ff + x>>8&0x00ff00ff00ff00ff
	x = x&0x0000ffff0000ffff + x>>16&0x0000ffff0000ffff
	return int(x&low32 + x>>32)
}

// ReverseBytes64 returns x with its bytes in reverse order.
func ReverseBytes64(x uint64) uint64 {
	return uint64(ReverseBytes32(uint32(x)))<<32 | uint64(ReverseBytes32(uint32(x>>32)))
}

// ReverseBytes32 returns x with its bytes in reverse order.
func ReverseBytes32(x uint32) uint32 {
	return uint32(ReverseBytes16(uint16(x)))<<16 | uint32(ReverseBytes16(uint16(x>>16)))
}

// ReverseBytes16 returns x with its bytes in reverse order.
func ReverseBytes16(x uint16) uint16 {
	return x<<8 | x>>8
}

// ReverseBytes returns x with its bytes in reverse order.
func ReverseBytes(x uint) uint {
	return uint(ReverseBytes64(uint64(x)))
}

// Len8 returns how many bits it takes to write x; 0 for 0.
func Len8(x uint8) int {
	return Len64(uint64(x))
}

// LeadingZeros8 returns the number of zero bits above the highest one of x; 8 for 0.
func LeadingZeros8(x uint8) int {
	return 8 - Len64(uint64(x))
}

// TrailingZeros8 returns the number of zero bits below the lowest one of x; 8 for 0.
func TrailingZeros8(x uint8) int {
	return TrailingZeros64(uint64(x) | 1<<8)
}

// OnesCount8 returns the number of bits of x that are 1.
func OnesCount8(x uint8) int {
	return OnesCount64(uint64(x))
}

// Len16 returns how many bits it takes to write x; 0 for 0.
func Len16(x uint16) int {
	return Len64(uint64(x))
}

// LeadingZeros16 returns the number of zero bits above the highest one of x; 16 for 0.
func LeadingZeros16(x uint16) int {
	return 16 - Len64(uint64(x))
}

// TrailingZeros16 returns the number of zero bits below the lowest one of x; 16 for 0.
func TrailingZeros16(x uint16) int {
	return TrailingZeros64(uint64(x) | 1<<16)
}

// OnesCount16 returns the number of bits of x that are 1.
func OnesCount16(x uint16) int {
	return OnesCount64(uint64(x))
}

// Len32 returns how many bits it takes to write x; 0 for 0.
func Len32(x uint32) int {
	return Len64(uint64(x))
}

// LeadingZeros32 returns the number of zero bits above the highest one of x; 32 for 0.
func LeadingZeros32(x uint32) int {
	return 32 - Len64(uint64(x))
}

// TrailingZeros32 returns the number of zero bits below the lowest one of x; 32 for 0.
func TrailingZeros32(x uint32) int {
	return TrailingZeros64(uint64(x) | 1<<32)
}

// OnesCount32 returns the number of bits of x that are 1.
func OnesCount32(x uint32) int {
	return OnesCount64(uint64(x))
}

// Len returns how many bits it takes to write x; 0 for 0.
func Len(x uint) int {
	return Len64(uint64(x))
}

// LeadingZeros returns the number of zero bits above the highest one of x; 64 for 0.
func LeadingZeros(x uint) int {
	return 64 - Len64(uint64(x))
}

// TrailingZeros returns the number of zero bits below the lowest one of x; 64 for 0.
func TrailingZeros(x uint) int {
	return TrailingZeros64(uint64(x))
}

// OnesCount returns the number of bits of x that are 1.
func OnesCount(x uint) int {
	return OnesCount64(uint64(x))
}

// LeadingZeros64 returns the number of zero bits above the highest one of x; 64 for 0.
func LeadingZeros64(x uint64) int {
	return 64 - Len64(x)
}

// RotateLeft8 returns x rotated left by k bits, and right if k is negative.
func RotateLeft8(x uint8, k int) uint8 {
	left := uint(k) & 7
	return x<<left | x>>(8-left)
}

// RotateLeft16 returns x rotated left by k bits, and right if k is negative.
func RotateLeft16(x uint16, k int) uint16 {
	left := uint(k) & 15
	return x<<left | x>>(16-left)
}

// RotateLeft32 returns x rotated left by k bits, and right if k is negative.
func RotateLeft32(x uint32, k int) uint32 {
	left := uint(k) & 31
	return x<<left | x>>(32-left)
}

// RotateLeft64 returns x rotated left by k bits, and right if k is negative.
func RotateLeft64(x uint64, k int) uint64 {
	left := uint(k) & 63
	return x<<left | x>>(64-left)
}

// RotateLeft returns x rotated left by k bits, and right if k is negative.
func RotateLeft(x uint, k int) uint {
	return uint(RotateLeft64(uint64(x), k))
}

// add is Add32, Add64 and Add.
func add[T uint | uint32 | uint64](x, y, carry T) (sum, carryOut T) {
	if carry > 1 {
		panic("bits: the carry is neither 0 nor 1")
	}
	sum = x + y + carry
	if sum < x || carry == 1 && sum == x {
		carryOut = 1
	}
	return sum, carryOut
}

// sub is Sub32, Sub64 and Sub.
func sub[T uint | uint32 | uint64](x, y, borrow T) (diff, borrowOut T) {
	if borrow > 1 {
		panic("bits: the borrow is neither 0 nor 1")
	}
	diff = x - y - borrow
	if x < y || borrow == 1 && x == y {
		borrowOut = 1
	}
	return diff, borrowOut
}

// Add32 returns the sum of x, y and carry, and the carry out. The carry is 0 or 1: what Go does with others is not
// defined, and a panic here.
func Add32(x, y, carry uint32) (sum, carryOut uint32) {
	return add(x, y, carry)
}

// Sub32 returns the difference of x, y and borrow, and the borrow out. The borrow is 0 or 1: what Go does with others
// is not defined, and a panic here.
func Sub32(x, y, borrow uint32) (diff, borrowOut uint32) {
	return sub(x, y, borrow)
}

// Add64 returns the sum of x, y and carry, and the carry out. The carry is 0 or 1: what Go does with others is not
// defined, and a panic here.
func Add64(x, y, carry uint64) (sum, carryOut uint64) {
	return add(x, y, carry)
}

// Sub64 returns the difference of x, y and borrow, and the borrow out. The borrow is 0 or 1: what Go does with others
// is not defined, and a panic here.
func Sub64(x, y, borrow uint64) (diff, borrowOut uint64) {
	return sub(x, y, borrow)
}

// Add returns the sum of x, y and carry, and the carry out. The carry is 0 or 1: what Go does with others is not
// defined, and a panic here.
func Add(x, y, carry uint) (sum, carryOut uint) {
	return add(x, y, carry)
}

// Sub returns the difference of x, y and borrow, and the borrow out. The borrow is 0 or 1: what Go does with others
// is not defined, and a panic here.
func Sub(x, y, borrow uint) (diff, borrowOut uint) {
	return sub(x, y, borrow)
}

// Mul64 returns the upper and the lower half of the product of x and y.
func Mul64(x, y uint64) (hi, lo uint64) {
	xLow, xHigh := x&low32, x>>32
	yLow, yHigh := y&low32, y>>32
	// No sum of these is beyond 64 bits: a product of halves is (2^32 - 1)^2 at most.
	middle := xHigh*yLow + xLow*yLow>>32
	other := xLow*yHigh + middle&low32
	return xHigh*yHigh + middle>>32 + other>>32, x * y
}

// Mul returns the upper and the lower half of the product of x and y.
func Mul(x, y uint) (hi, lo uint) {
	high, low := Mul64(uint64(x), uint64(y))
	return uint(high), uint(low)
}

// Mul32 returns the upper and the lower half of the product of x and y.
func Mul32(x, y uint32) (hi, lo uint32) {
	product := uint64(x) * uint64(y)
	return uint32(product >> 32), uint32(product)
}
