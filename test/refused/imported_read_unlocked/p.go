package p

import "armada/test/refused/imported_read_unlocked/wal"

//@ refines UnlockedSum over Memory

// @ op Add
func Add(n uint64) { wal.Append(n) }

// @ op Get
func Get() uint64 { return wal.Total() }

// @ recovery
func Recover() {}
