package errors

import (
	real "errors"
	"math/rand"
	"testing"
)

type code int

func (c code) Error() string { return "code" }

func (c code) Is(target error) bool { return c%2 == 0 && target == sample }

type wrapper struct{ inner error }

func (w *wrapper) Error() string { return "wrapper" }

func (w *wrapper) Unwrap() error { return w.inner }

type list []error

func (l *list) Error() string { return "list" }

func (l *list) Unwrap() []error { return *l }

var sample = real.New("sample")

func TestNew(t *testing.T) {
	own, again := New("a"), New("a")
	if own == again || own != own || own.Error() != real.New("a").Error() || own == nil {
		t.Error("New is not what it is in Go")
	}
	if _, hasMore := own.(interface{ Unwrap() error }); hasMore {
		t.Error("the error has a method that it does not have in Go")
	}
}

func TestSentinelsHaveNoOtherMethods(t *testing.T) {
	var err error = sentinel{1, "a"}
	if err.Error() != "a" || err == error(sentinel{2, "a"}) {
		t.Error("sentinels with different numbers are equal")
	}
	if _, hasMore := err.(interface{ Is(error) bool }); hasMore {
		t.Error("the sentinel has a method that errors of New do not have")
	}
}

// some returns an error that is made of others, of which there are few.
func some(random *rand.Rand, pool []error, depth int) error {
	kind := random.Intn(6)
	if depth == 0 {
		kind = random.Intn(4)
	}
	switch kind {
	case 0:
		return nil
	case 1:
		return code(random.Intn(4))
	case 2, 3:
		return pool[random.Intn(len(pool))]
	case 4:
		return &wrapper{some(random, pool, depth-1)}
	default:
		var inner list
		for range random.Intn(3) {
			inner = append(inner, some(random, pool, depth-1))
		}
		return &inner
	}
}

func TestSameAsGo(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	pool := []error{sample, real.New("a"), real.New("a"), &wrapper{sample}}
	for range 20000 {
		err, target := some(random, pool, 3), some(random, pool, 1)
		if Is(err, target) != real.Is(err, target) {
			t.Fatalf("Is(%v, %v) is not what it is in Go", err, target)
		}
		if Unwrap(err) != real.Unwrap(err) {
			t.Fatalf("Unwrap(%v) is not what it is in Go", err)
		}
	}
}
