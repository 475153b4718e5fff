package math

import (
	real "math"
	"testing"
)

func TestSameAsGo(t *testing.T) {
	signed := [][2]int64{
		{MaxInt, real.MaxInt}, {MinInt, real.MinInt},
		{MaxInt8, real.MaxInt8}, {MinInt8, real.MinInt8},
		{MaxInt16, real.MaxInt16}, {MinInt16, real.MinInt16},
		{MaxInt32, real.MaxInt32}, {MinInt32, real.MinInt32},
		{MaxInt64, real.MaxInt64}, {MinInt64, real.MinInt64},
	}
	for i, each := range signed {
		if each[0] != each[1] {
			t.Errorf("constant %d is %d, in Go %d", i, each[0], each[1])
		}
	}
	unsigned := [][2]uint64{
		{MaxUint, real.MaxUint}, {MaxUint8, real.MaxUint8}, {MaxUint16, real.MaxUint16},
		{MaxUint32, real.MaxUint32}, {MaxUint64, real.MaxUint64},
	}
	for i, each := range unsigned {
		if each[0] != each[1] {
			t.Errorf("unsigned constant %d is %d, in Go %d", i, each[0], each[1])
		}
	}
}
