// Package p keeps what is written in memory until Sync.
package p

import (
	"sync"

	"armada/machine/disk"
)

const Size uint64 = 100 //@ parameter

//@ refines WriteBack(Size) over SingleDisk(Size)

// @ mu guards dirty, disk, spec.disk, spec.cur
// @   invariant dirty.made
// @   invariant forall a uint64 :: dirty[a] != none ==> a < Size
// @   invariant forall a uint64 :: a < Size ==> disk[a] == spec.disk[a]
// @   invariant forall a uint64 :: a < Size ==> spec.cur[a] == (if isSome(dirty[a]) then content(dirty[a]) else disk[a])
var mu sync.Mutex
var dirty = map[uint64]disk.Block{}

//@ crash invariant forall a uint64 :: a < Size ==> disk[a] == spec.disk[a] || disk[a] == spec.cur[a]

// @ op Get
func Get(a uint64) disk.Block {
	mu.Lock()
	defer mu.Unlock()
	if v, ok := dirty[a]; ok {
		return v
	}
	return disk.Read(a)
}

// @ op Put
func Put(a uint64, v disk.Block) {
	mu.Lock()
	defer mu.Unlock()
	dirty[a] = v
}

// @ op Sync
func Sync() {
	mu.Lock()
	defer mu.Unlock()
	//@ invariant forall a uint64 :: a < Size ==> disk[a] == (if visited[a] then spec.cur[a] else spec.disk[a])
	for a, v := range dirty {
		disk.Write(a, v)
	}
	dirty = map[uint64]disk.Block{}
}

// @ recovery
func Recover() {}
