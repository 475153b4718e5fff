// Package bounded keeps a number with a bound; its operations say by an error that they did nothing.
package bounded

import "sync"

//@ refines Bounded over Memory

type tooMuch struct{ by uint64 }

func (t tooMuch) Error() string { return "too much" }

type empty struct{}

func (e *empty) Error() string { return "empty" }

// Bounded is a number with a bound.
type Bounded struct {
	//@ mu guards total, spec.total
	//@   invariant total == spec.total && total <= 1000
	mu    sync.Mutex
	total uint64
}

// New makes one.
//
// @ boot
func New() *Bounded { return new(Bounded) }

func (b *Bounded) check(n uint64) error {
	if n > 100 {
		return tooMuch{n - 100}
	}
	if b.total+n > 1000 {
		return tooMuch{b.total + n - 1000}
	}
	return nil
}

// Add adds.
//
// @ op Add
func (b *Bounded) Add(n uint64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.check(n); err != nil {
		return err
	}
	b.total += n
	return nil
}

// Get returns.
//
// @ op Get
func (b *Bounded) Get() (v uint64, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.total == 0 {
		return 0, new(empty)
	}
	v = b.total
	var none *empty
	return v, none
}
