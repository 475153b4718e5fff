package bytes

import (
	real "bytes"
	"fmt"
	"math/rand"
	"testing"
)

// word is a short slice of few bytes, sometimes nil.
func word(random *rand.Rand, longest int) []byte {
	if random.Intn(10) == 0 {
		return nil
	}
	b := make([]byte, random.Intn(longest+1), longest+2)
	for i := range b {
		b[i] = "aab\xff"[random.Intn(4)]
	}
	return b
}

// seen is all that can be told of a slice.
func seen(b []byte) string {
	return fmt.Sprintf("%q, nil: %t, cap: %d", b, b == nil, cap(b))
}

func same[T comparable](t *testing.T, name string, s, other []byte, own, real T) {
	t.Helper()
	if own != real {
		t.Fatalf("%s(%q, %q) is %v, in Go %v", name, s, other, own, real)
	}
}

func TestSameAsGo(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 50000 {
		s, other := word(random, 40), word(random, 3)
		if random.Intn(2) == 0 {
			s = word(random, 4)
		}
		same(t, "Equal", s, other, Equal(s, other), real.Equal(s, other))
		same(t, "Equal", s, s, Equal(s, s[:len(s):len(s)]), true)
		same(t, "Compare", s, other, Compare(s, other), real.Compare(s, other))
		same(t, "HasPrefix", s, other, HasPrefix(s, other), real.HasPrefix(s, other))
		same(t, "HasSuffix", s, other, HasSuffix(s, other), real.HasSuffix(s, other))
		same(t, "TrimPrefix", s, other, seen(TrimPrefix(s, other)), seen(real.TrimPrefix(s, other)))
		same(t, "TrimSuffix", s, other, seen(TrimSuffix(s, other)), seen(real.TrimSuffix(s, other)))
		same(t, "Clone", s, nil, seen(Clone(s)), seen(real.Clone(s)))
		same(t, "Index", s, other, Index(s, other), real.Index(s, other))
		same(t, "Contains", s, other, Contains(s, other), real.Contains(s, other))
		for _, c := range []byte("ab\xffc") {
			same(t, "IndexByte", s, []byte{c}, IndexByte(s, c), real.IndexByte(s, c))
		}
		if copied := Clone(s); len(s) > 0 {
			copied[0]++
			same(t, "Clone", s, nil, copied[0] == s[0], false)
		}
	}
}
