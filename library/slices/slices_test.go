package slices

import (
	"fmt"
	"math/rand"
	real "slices"
	"testing"
)

type numbers []int8

func some(random *rand.Rand) numbers {
	if random.Intn(10) == 0 {
		return nil
	}
	s := make(numbers, random.Intn(9), 12)
	for i := range s {
		s[i] = int8(random.Intn(4)) - 1
	}
	if random.Intn(2) == 0 {
		real.Sort(s)
	}
	return s
}

// seen is all that can be told of a slice.
func seen(s numbers) string {
	return fmt.Sprintf("%v, nil: %t, cap: %d", []int8(s), s == nil, cap(s))
}

func panicOf(run func() int8) (text string) {
	defer func() {
		if reason := recover(); reason != nil {
			text = fmt.Sprint(reason)
		}
	}()
	return fmt.Sprint(run())
}

func same[T comparable](t *testing.T, name string, s numbers, own, real T) {
	t.Helper()
	if own != real {
		t.Fatalf("%s of %v is %v, in Go %v", name, s, own, real)
	}
}

// changing makes a function that is true of one number, and changes what is behind it in the slice.
func changing(s numbers, n int8) func(int8) bool {
	calls := 0
	return func(x int8) bool {
		calls++
		if calls < len(s) {
			s[calls] = n
		}
		return x == n && calls > 1
	}
}

func TestSameAsGo(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 50000 {
		s, other := some(random), some(random)
		n := int8(random.Intn(5)) - 1
		same(t, "Equal", s, Equal(s, other), real.Equal(s, other))
		same(t, "Equal", s, Equal(s, real.Clone(s)), true)
		same(t, "Index", s, Index(s, n), real.Index(s, n))
		same(t, "Contains", s, Contains(s, n), real.Contains(s, n))
		same(t, "Clone", s, seen(Clone(s)), seen(real.Clone(s)))
		same(t, "Clip", s, seen(Clip(s)), seen(real.Clip(s)))
		same(t, "IsSorted", s, IsSorted(s), real.IsSorted(s))
		same(t, "Max", s, panicOf(func() int8 { return Max(s) }), panicOf(func() int8 { return real.Max(s) }))
		same(t, "Min", s, panicOf(func() int8 { return Min(s) }), panicOf(func() int8 { return real.Min(s) }))
		own, others := real.Clone(s), real.Clone(s)
		Reverse(own)
		real.Reverse(others)
		same(t, "Reverse", s, seen(own), seen(others))
		same(t, "IndexFunc", s, IndexFunc(own, changing(own, n)), real.IndexFunc(others, changing(others, n)))
		same(t, "IndexFunc", s, seen(own), seen(others))
		same(t, "ContainsFunc", s, ContainsFunc(own, changing(own, n)), real.ContainsFunc(others, changing(others, n)))
	}
	if Max([]string{"b", "a"}) != "b" || Min([]string{"b", "a"}) != "a" || Contains([]any{1}, any(int8(1))) {
		t.Error("strings or interfaces are not as in Go")
	}
}

func TestPanicsOfElements(t *testing.T) {
	bad := []any{[]int{1}}
	texts := [2]string{
		panicOf(func() int8 { return int8(Index(bad, any([]int{1}))) }),
		panicOf(func() int8 { return int8(real.Index(bad, any([]int{1}))) }),
	}
	if texts[0] != texts[1] {
		t.Errorf("%q, in Go %q", texts[0], texts[1])
	}
}
