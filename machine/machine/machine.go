// Package machine has the functions that the package machine of Goose has, for code that was written for it. The
// verifier reads this source, as it does that of the package that calls it.
package machine

import (
	"encoding/binary"

	"armada/machine/random"
)

// UInt64Get returns the number in the first eight bytes, little endian. It panics if there are fewer.
func UInt64Get(p []byte) uint64 {
	return binary.LittleEndian.Uint64(p)
}

// UInt64Put stores a number in the first eight bytes, little endian. It panics if there are fewer.
func UInt64Put(p []byte, n uint64) {
	binary.LittleEndian.PutUint64(p, n)
}

// UInt64Encode returns the eight bytes of a number, little endian.
func UInt64Encode(n uint64) []byte {
	p := make([]byte, 8)
	binary.LittleEndian.PutUint64(p, n)
	return p
}

// UInt32Get returns the number in the first four bytes, little endian. It panics if there are fewer.
func UInt32Get(p []byte) uint32 {
	return binary.LittleEndian.Uint32(p)
}

// UInt32Put stores a number in the first four bytes, little endian. It panics if there are fewer.
func UInt32Put(p []byte, n uint32) {
	binary.LittleEndian.PutUint32(p, n)
}

// RandomUint64 returns a random number. To the verifier it may be any number.
func RandomUint64() uint64 {
	return random.Uint64()
}

// Linearize does nothing. It marks where an operation takes effect, which the verifier finds by itself.
func Linearize() {}

// Assert panics unless the condition holds. The verifier proves that it does.
func Assert(b bool) {
	if !b {
		panic("machine: an assertion does not hold")
	}
}

// Assume panics unless the condition holds. The verifier takes it for true, and says of what relies on it that it is
// assumed.
func Assume(b bool) {
	//@ assume b
	if !b {
		panic("machine: an assumption does not hold")
	}
}
