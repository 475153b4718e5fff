// Package table guards a struct by its name: its fields, those of structs in it, and what they lead to. The atomic one is for everybody.
package table

import (
	"sync"
	"sync/atomic"
)

//@ refines Table over Memory

type counts struct{ puts, takes uint64 }

// @ mu guards table, spec.items, spec.puts
// @   invariant table.names.made && table.counts.puts == spec.puts
// @   invariant len(table.items) == len(spec.items)
// @   invariant forall i uint64 :: i < len(spec.items) ==> table.items[i] == spec.items[i]
var mu sync.Mutex

var table struct {
	counts counts
	items  []uint64
	names  map[uint64]uint64
	tries  atomic.Uint64
}

//@ boot
func Open() {
	table.names = make(map[uint64]uint64)
}

//@ op Put
func Put(v uint64) {
	table.tries.Add(1)
	mu.Lock()
	defer mu.Unlock()
	table.counts.puts++
	table.names[v] = table.counts.takes
	table.items = append(table.items, v)
}

//@ op Puts
func Puts() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return table.counts.puts
}

//@ op At
func At(i uint64) (uint64, bool) {
	mu.Lock()
	defer mu.Unlock()
	if i >= uint64(len(table.items)) {
		return 0, false
	}
	return table.items[i], true
}
