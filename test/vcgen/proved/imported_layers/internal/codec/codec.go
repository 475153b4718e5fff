// Package codec packs two small numbers into one.
package codec

// Bits is the size of the lower number.
const Bits uint64 = 8

// A contract is checked once, in whatever package the function is.
//
// @ requires low < 256 && high < 256
// @ ensures result & 255 == low && result >> 8 == high
func Pack(high, low uint64) uint64 { return high<<Bits | low }

// Unpack is the inverse of Pack.
func Unpack(n uint64) (uint64, uint64) { return n >> Bits, n & (1<<Bits - 1) }
