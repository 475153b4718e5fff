// Package p keeps a total that never wraps.
package p

import "sync"

//@ refines Bank over Memory

//@ no overflow

// @ mu guards total, spec.total
// @   invariant total == spec.total
var mu sync.Mutex

var total uint64

const largest = 1<<64 - 1

// @ op Deposit
func Deposit(n uint64) bool {
	mu.Lock()
	defer mu.Unlock()
	if n > largest-total {
		return false
	}
	total += n
	return true
}

// Withdraw knows from the wrapped difference whether there was enough.
//
// @ op Withdraw
func Withdraw(n uint64) bool {
	mu.Lock()
	defer mu.Unlock()
	left := difference(total, n)
	if left > total {
		return false
	}
	total = left
	return true
}

// @ may overflow
func difference(a, b uint64) uint64 { return a - b }

// @ op Fee
func Fee(n uint64) uint64 { return n / 100 * 3 }

// @ recovery
func Recover() {}
