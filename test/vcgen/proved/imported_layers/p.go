// Package p is made of several packages, of which one has state.
package p

import log "armada/test/vcgen/proved/imported_layers/internal/wal"

//@ refines LastPair(log.Most) over Memory

// @ pairs.mu guards pairs.last, spec.high, spec.low
// @   invariant pairs.last & 255 == spec.low && pairs.last >> 8 == spec.high
var pairs log.Log

// @ invariant !log.calls.locked ==> log.number <= log.Most

// @ op Keep
func Keep(high, low uint64) bool {
	if high > 255 || low > 255 {
		return false
	}
	pairs.Keep(high, low)
	return true
}

// @ op Last
func Last() (uint64, uint64) { return pairs.Last() }

// @ op Count
func Count() { log.Count() }

// @ op Number
func Number() uint64 { return log.Number() }

// @ recovery
func Recover() {}
