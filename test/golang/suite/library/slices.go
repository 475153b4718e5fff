package library

import (
	"cmp"
	"slices"
)

type point struct{ x, y uint64 }

type ids []uint32

func testSlicesEqual() bool {
	a := []point{{1, 2}, {3, 4}}
	return slices.Equal(a, []point{{1, 2}, {3, 4}}) && !slices.Equal(a, a[:1]) && slices.Equal(ids{}, nil)
}

func testSlicesIndex() bool {
	a := ids{5, 7, 7}
	return slices.Index(a, 7) == 1 && slices.Index(a, 6) == -1 && slices.Contains(a, 5) && !slices.Contains(a[1:], 5)
}

func testSlicesIndexFunc() bool {
	limit := uint32(6)
	a := ids{5, 7, 8}
	return slices.IndexFunc(a, func(id uint32) bool { return id > limit }) == 1 &&
		!slices.ContainsFunc(a, func(id uint32) bool { return id == limit })
}

func testSlicesClone() bool {
	a := ids{1, 2, 3}
	b := slices.Clone(a)
	b[0] = 9
	return a[0] == 1 && b[2] == 3 && len(b) == 3 && slices.Clone(ids(nil)) == nil && slices.Clone(a[:0]) != nil
}

func testSlicesClip() bool {
	a := make([]int, 2, 5)
	b := append(slices.Clip(a[:1]), 7)
	return a[1] == 0 && b[1] == 7
}

func testSlicesReverse() bool {
	a, b := []int{1, 2, 3}, []string{"a", "b"}
	slices.Reverse(a)
	slices.Reverse(b)
	return a[0] == 3 && a[1] == 2 && a[2] == 1 && b[0] == "b" && b[1] == "a"
}

func testSlicesMaxMin() bool {
	a := []int{4, -2, 9}
	return slices.Max(a) == 9 && slices.Min(a) == -2 && slices.Max([]string{"a", "b"}) == "b"
}

func testSlicesIsSorted() bool {
	return slices.IsSorted([]uint8{1, 1, 2}) && !slices.IsSorted([]int{2, 1}) && slices.IsSorted([]string{})
}

func largest[T cmp.Ordered](first T, others ...T) T {
	if len(others) == 0 {
		return first
	}
	return max(first, slices.Max(others))
}

func testGenericOverOrdered() bool {
	return largest(1, 3, 2) == 3 && largest("a") == "a"
}
