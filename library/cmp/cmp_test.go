package cmp

import (
	real "cmp"
	"testing"
)

func TestSameAsGo(t *testing.T) {
	for _, x := range []int8{-128, -1, 0, 1, 127} {
		for _, y := range []int8{-128, -1, 0, 1, 127} {
			if Compare(x, y) != real.Compare(x, y) || Less(x, y) != real.Less(x, y) {
				t.Errorf("%d and %d are not compared as in Go", x, y)
			}
		}
	}
	for _, x := range []string{"", "a", "ab", "b", "\xff"} {
		for _, y := range []string{"", "a", "ab", "b", "\xff"} {
			if Compare(x, y) != real.Compare(x, y) || Less(x, y) != real.Less(x, y) {
				t.Errorf("%q and %q are not compared as in Go", x, y)
			}
		}
	}
}
