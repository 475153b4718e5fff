package strings

import (
	"math/rand"
	real "strings"
	"testing"
)

// word is a short string of few letters, some of them no letters of UTF-8.
func word(random *rand.Rand, longest int) string {
	b := make([]byte, random.Intn(longest+1))
	for i := range b {
		b[i] = "aab\xff"[random.Intn(4)]
	}
	return string(b)
}

func same[T comparable](t *testing.T, name, s, other string, own, real T) {
	t.Helper()
	if own != real {
		t.Fatalf("%s(%q, %q) is %v, in Go %v", name, s, other, own, real)
	}
}

type cut struct {
	rest  string
	found bool
}

func cutOf(rest string, found bool) cut {
	return cut{rest, found}
}

func TestSameAsGo(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 50000 {
		s, other := word(random, 6), word(random, 3)
		same(t, "HasPrefix", s, other, HasPrefix(s, other), real.HasPrefix(s, other))
		same(t, "HasSuffix", s, other, HasSuffix(s, other), real.HasSuffix(s, other))
		same(t, "TrimPrefix", s, other, TrimPrefix(s, other), real.TrimPrefix(s, other))
		same(t, "TrimSuffix", s, other, TrimSuffix(s, other), real.TrimSuffix(s, other))
		same(t, "CutPrefix", s, other, cutOf(CutPrefix(s, other)), cutOf(real.CutPrefix(s, other)))
		same(t, "CutSuffix", s, other, cutOf(CutSuffix(s, other)), cutOf(real.CutSuffix(s, other)))
		same(t, "Compare", s, other, Compare(s, other), real.Compare(s, other))
		same(t, "Clone", s, "", Clone(s), real.Clone(s))
		same(t, "Index", s, other, Index(s, other), real.Index(s, other))
		same(t, "Contains", s, other, Contains(s, other), real.Contains(s, other))
		for _, c := range []byte("ab\xffc") {
			same(t, "IndexByte", s, string(c), IndexByte(s, c), real.IndexByte(s, c))
		}
	}
}
