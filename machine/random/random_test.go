package random

import "testing"

func TestUint64(t *testing.T) {
	ones, zeros := uint64(0), uint64(0)
	for range 1000 {
		n := Uint64()
		ones |= n
		zeros |= ^n
	}
	if ones != 1<<64-1 || zeros != 1<<64-1 {
		t.Errorf("some bits are never 1 (%x) or never 0 (%x)", ^ones, ^zeros)
	}
}
