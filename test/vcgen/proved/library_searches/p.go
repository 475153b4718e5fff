package p

import (
	"bytes"
	"math"
	"math/bits"
	"slices"
)

//@ refines Searches over Memory

// @ op Has
func Has(s []uint64, v uint64) bool {
	return slices.Contains(s, v)
}

// @ op Found
func Found(s []uint64, v uint64) bool {
	i := slices.Index(s, v)
	return i == -1 || i < len(s) && s[i] == v
}

// @ op Same
func Same(a, b []byte) bool {
	return bytes.Equal(a, b)
}

// @ op Magic
func Magic(s []byte) bool {
	return bytes.HasPrefix(s, []byte("hi"))
}

// @ op Add
func Add(x, y uint64) (uint64, bool) {
	sum, carry := bits.Add64(x, y, 0)
	return sum, carry != 0 && sum <= math.MaxUint64
}

// @ op Swapped
func Swapped(x uint64) uint64 {
	return bits.ReverseBytes64(bits.RotateLeft64(bits.ReverseBytes64(bits.RotateLeft64(x, 24)), 24))
}

// @ op Copy
func Copy(s []uint64) []uint64 {
	copied := slices.Clone(s)
	if len(copied) > 0 {
		copied[0]++
		copied[0]--
	}
	return copied
}

// @ recovery
func Recover() {}
