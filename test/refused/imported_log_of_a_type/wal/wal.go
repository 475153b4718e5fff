// Package wal has logs.
package wal

import "sync"

// Log is a sum with its lock.
type Log struct {
	mu    sync.Mutex
	total uint64
}

// Append adds a number.
func (l *Log) Append(n uint64) {
	l.mu.Lock()
	l.total += n
	l.mu.Unlock()
}

// Total forgets the lock.
func (l *Log) Total() uint64 { return l.total }
