// Package cmp is what the verifier reads where code imports Go's package cmp. It has no floating-point numbers.
package cmp

// Ordered is the types that have the operator <.
type Ordered interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~string
}

// Less reports whether x is less than y.
func Less[T Ordered](x, y T) bool {
	return x < y
}

// Compare returns -1 if x is less than y, 1 if it is greater, and 0 if they are equal.
func Compare[T Ordered](x, y T) int {
	if x < y {
		return -1
	}
	if x > y {
		return 1
	}
	return 0
}
