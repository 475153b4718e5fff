package p

import "armada/test/refused/imported_init_changes/wal"

//@ refines InitSum over Memory

// @ op Add
func Add(n uint64) { wal.Append(n) }

// @ recovery
func Recover() {}
