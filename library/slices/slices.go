// Package slices is what the verifier reads where code imports Go's package slices.
package slices

import "cmp"

// Equal reports whether the slices have the same length and equal elements.
func Equal[S ~[]E, E comparable](s1, s2 S) bool {
	if len(s1) != len(s2) {
		return false
	}
	for i, each := range s1 {
		//@ invariant forall j uint64 :: j < uint64(i) ==> s1[j] == s2[j]
		if each != s2[i] {
			return false
		}
	}
	return true
}

// Index returns where v first stands in s, or -1.
func Index[S ~[]E, E comparable](s S, v E) int {
	for i, each := range s {
		//@ invariant forall j uint64 :: j < uint64(i) ==> s[j] != v
		if each == v {
			return i
		}
	}
	return -1
}

// IndexFunc returns where the first element that satisfies f stands in s, or -1.
func IndexFunc[S ~[]E, E any](s S, f func(E) bool) int {
	for i := range s {
		if f(s[i]) {
			return i
		}
	}
	return -1
}

// Contains reports whether v stands in s.
func Contains[S ~[]E, E comparable](s S, v E) bool {
	return Index(s, v) >= 0
}

// ContainsFunc reports whether an element of s satisfies f.
func ContainsFunc[S ~[]E, E any](s S, f func(E) bool) bool {
	return IndexFunc(s, f) >= 0
}

// Clone returns a copy of s; nil for nil.
func Clone[S ~[]E, E any](s S) S {
	if s == nil {
		return nil
	}
	return append(S{}, s...)
}

// Clip returns s without the room behind its end.
func Clip[S ~[]E, E any](s S) S {
	return s[:len(s):len(s)]
}

// Reverse puts the elements of s in reverse order.
func Reverse[S ~[]E, E any](s S) {
	for i := range len(s) / 2 {
		other := len(s) - 1 - i
		s[i], s[other] = s[other], s[i]
	}
}

// Max returns the largest element. It panics if there is none.
func Max[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Max: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		//@ invariant forall j uint64 :: j < uint64(i) ==> x[j] <= m
		//@ invariant x[0] <= m
		//@ invariant exists j uint64 :: j < uint64(i) && x[j] == m
		m = max(m, x[i])
	}
	return m
}

// Min returns the smallest element. It panics if there is none.
func Min[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Min: empty list")
	}
	m := x[0]
	for i := 1; i < len(x); i++ {
		//@ invariant forall j uint64 :: j < uint64(i) ==> m <= x[j]
		//@ invariant m <= x[0]
		//@ invariant exists j uint64 :: j < uint64(i) && x[j] == m
		m = min(m, x[i])
	}
	return m
}

// IsSorted reports whether no element is less than the one before it.
func IsSorted[S ~[]E, E cmp.Ordered](x S) bool {
	for i := 1; i < len(x); i++ {
		//@ invariant forall j uint64 :: j + 1 < uint64(i) ==> x[j] <= x[j + 1]
		if x[i] < x[i-1] {
			return false
		}
	}
	return true
}
