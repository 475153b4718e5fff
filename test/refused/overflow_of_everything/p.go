// Package p may leave the range of a type in each of its operations.
package p

//@ refines Wrong over Memory

//@ no overflow

// @ op Sum
func Sum(x, y uint64) {
	if x < 1<<63 && y <= 1<<63 {
		_ = x + y
	}
	if x < 1<<63 || y < 1<<63 {
		_ = x + y
	}
}

// @ op Difference
func Difference(x, y uint64) {
	if y != x+1 {
		_ = x - y
	}
}

// @ op Product
func Product(x, y uint64) {
	if x <= 1<<32 && y <= 1<<32 {
		_ = x * y
	}
}

// @ op Negated
func Negated(x int64) { _ = -x }

// @ op Quotient
func Quotient(x, y int64) {
	if y != 0 {
		_ = x % y
		_ = x / y
	}
}

// @ op Shifted
func Shifted(x, n uint64) {
	if x < 4 && n < 64 {
		_ = x << n
	}
}

// @ op Narrowed
func Narrowed(x uint64) {
	if x <= 256 {
		_ = uint8(x)
	}
}

// @ op Unsigned
func Unsigned(x int64) {
	if x >= -1 {
		_ = uint64(x)
	}
}

// @ op Counted
func Counted(n uint8) {
	//@ retry
	for i := uint8(0); i <= n; i++ {
	}
}

// @ op Helped
func Helped(x uint64) { _ = next(x) }

func next(x uint64) uint64 { return x + 1 }

// @ op Contracted
func Contracted(x uint64) { _ = twice(x) }

// @ ensures result == 2*x
func twice(x uint64) uint64 { return x + x }

// @ recovery
func Recover() {}
