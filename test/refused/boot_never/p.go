package p

import (
	"sync"

	"armada/machine/disk"
)

//@ refines M over SingleDisk(1)

// @ mu guards disk[0], used, spec.value
// @   invariant disk[0] == spec.value && used == (number(disk[0]) != 0)
var mu sync.Mutex

var used bool

//@ crash invariant disk[0] == spec.value

// @ op Set
func Set(v disk.Block) {
	mu.Lock()
	disk.Write(0, v)
	used = disk.ToUint64(v) != 0
	mu.Unlock()
}

// @ recovery
func Recover() {}

// @ boot
func Open() {
	v := disk.ToUint64(disk.Read(0))
	if v != 0 {
		used = true
	}
	if v == 0 && used {
		used = false
	}
}
