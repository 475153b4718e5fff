// Package wal adds up small numbers.
package wal

import "sync"

// Full says which number was too large.
type Full struct{ n uint64 }

func (f Full) Error() string { return "full" }

// Log is a sum.
type Log struct {
	//@ mu guards n, spec.total
	//@   invariant n == spec.total
	mu sync.Mutex
	n  uint64
}

// Append adds a number.
func (l *Log) Append(n uint64) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n > 5 {
		return Full{n}
	}
	l.n += n
	return nil
}

// Get returns the sum.
func (l *Log) Get() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.n
}
