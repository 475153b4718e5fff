package p

import (
	"bytes"
	"math/bits"
	"slices"
)

//@ refines Searches over Memory

// @ op Has
func Has(s []uint64, v uint64) bool {
	return len(s) > 0 && slices.Contains(s[1:], v)
}

// @ op Same
func Same(a, b []byte) bool {
	return bytes.HasPrefix(a, b)
}

// @ op Largest
func Largest(s []uint64) uint64 {
	if len(s) < 2 {
		return 0
	}
	return slices.Max(s)
}

// @ op Add
func Add(x, carry uint64) uint64 {
	sum, _ := bits.Add64(x, 0, carry)
	return sum
}

// @ op Length
func Length(x uint64) bool {
	return x>>(bits.Len64(x)-1) == 1
}

// @ op Copy
func Copy(s []uint64) []uint64 {
	copied := slices.Clone(s)
	slices.Reverse(copied)
	return copied
}

// @ op Empty
func Empty(s []uint64) uint64 {
	return slices.Min(s) - slices.Min(s)
}

// @ recovery
func Recover() {}
