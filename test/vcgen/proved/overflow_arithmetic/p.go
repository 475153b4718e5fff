// Package p computes without leaving the ranges of its types.
package p

//@ refines Arithmetic over Memory

//@ no overflow

const largest = 1<<64 - 1

// @ op Scaled
func Scaled(x, y uint64) bool {
	if y != 0 && x > largest/y {
		return false
	}
	_ = x * y
	return true
}

// @ op Area
func Area(x, y uint64) uint64 {
	if x > 1000000 || y > 1000000 {
		return 0
	}
	return x * y
}

// Distance subtracts numbers that may be far apart.
//
// @ op Distance
func Distance(x, y int64) uint64 {
	if x <= y {
		return 0
	}
	if x >= 0 && y < 0 {
		return uint64(x) + magnitude(y)
	}
	return uint64(x - y)
}

// @ no overflow
func magnitude(y int64) uint64 {
	return uint64(-(y + 1)) + 1
}

// @ op Mean
func Mean(x, y int64) bool {
	mean := x/2 + y/2 + (x%2+y%2)/2
	return mean == x || x != y
}

// @ op Power
func Power(n uint64) uint64 {
	if n > 63 {
		return 0
	}
	return 1 << n
}

// @ op Narrow
func Narrow(n uint64) uint8 {
	return uint8(n & 255)
}

// @ op Sum
func Sum() bool {
	sum := uint64(0)
	//@ invariant sum <= i * 10
	for i := uint64(0); i < 10; i++ {
		sum += i
	}
	return sum <= 100
}

// @ recovery
func Recover() {}
