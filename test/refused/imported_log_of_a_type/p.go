package p

import "armada/test/refused/imported_log_of_a_type/wal"

//@ refines TypedSum over Memory

// @ log.mu guards log.total, spec.sum invariant log.total == spec.sum
var log wal.Log

// @ op Add
func Add(n uint64) { log.Append(n) }

// @ op Get
func Get() uint64 { return log.Total() }

// @ recovery
func Recover() {}
