package p

import "encoding/binary"

//@ refines Codec over Memory

// @ op Round
func Round(v uint64) uint64 {
	b := make([]byte, 8)
	binary.BigEndian.PutUint64(b, v)
	return uint64(binary.BigEndian.Uint32(b[4:]))
}

// @ recovery
func Recover() {}
