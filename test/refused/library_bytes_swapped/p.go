package p

import "encoding/binary"

//@ refines Codec over Memory

// @ op Round
func Round(v uint64) uint64 {
	b := make([]byte, 8)
	binary.LittleEndian.PutUint64(b, v)
	return binary.BigEndian.Uint64(b)
}

// @ recovery
func Recover() {}
