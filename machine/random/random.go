// Package random is the Go side of the machine layer Random: numbers that nobody can foresee.
package random

import (
	"crypto/rand"
	"encoding/binary"
)

// Uint64 returns a random number.
func Uint64() uint64 {
	var b [8]byte
	// Read never fails: the program stops if the system has no random numbers.
	_, _ = rand.Read(b[:])
	return binary.LittleEndian.Uint64(b[:])
}
