package recdead2

import (
	"sync"

	"armada/machine/disk"
)

//@ refines Reg over SingleDisk(2)

// @ mu guards disk[0], spec.x
// @   invariant disk[0] == spec.x
var mu sync.Mutex
var m2 sync.Mutex

//@ crash invariant disk[0] == spec.x

// @ op Put
func Put(v disk.Block) {
	mu.Lock()
	if disk.ToUint64(v) == 77 {
		mu.Lock()
	}
	disk.Write(0, v)
	mu.Unlock()
}

// @ op Get
func Get() disk.Block {
	mu.Lock()
	defer mu.Unlock()
	return disk.Read(0)
}

// @ recovery
func Recover() {
	if disk.ToUint64(disk.Read(0)) != 0 {
		m2.Lock()
		m2.Lock()

	}
}
