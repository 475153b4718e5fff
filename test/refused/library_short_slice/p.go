package p

import "encoding/binary"

//@ refines Codec over Memory

// @ op Round
func Round(v uint64) uint64 {
	b := binary.LittleEndian.AppendUint64(make([]byte, 1), v)
	return binary.LittleEndian.Uint64(b[2:])
}

// @ recovery
func Recover() {}
