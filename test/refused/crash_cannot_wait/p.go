package p

import (
	"sync"

	"armada/machine/disk"
)

//@ refines M over SingleDisk(1)

// @ mu guards disk[0], spec.value
// @   invariant number(disk[0]) == spec.value
var mu sync.Mutex

//@ crash invariant number(disk[0]) == spec.value

// @ op Get
func Get() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return disk.ToUint64(disk.Read(0))
}

// @ recovery
func Recover() {}
