package relock2

import (
	"sync"

	"armada/machine/disk"
)

//@ refines Reg over SingleDisk(2)

// @ mu guards disk[0], spec.x
// @   invariant disk[0] == spec.x
var mu sync.Mutex

//@ crash invariant disk[0] == spec.x

// @ op Put
func Put(v disk.Block) {
	mu.Lock()
	disk.Write(0, v)
	for {
		//@ retry
		mu.Unlock()
		mu.Lock()
		if disk.ToUint64(v) < 10 {
			break
		}
		disk.Read(1)
	}
	mu.Unlock()
}

// @ op Get
func Get() disk.Block {
	mu.Lock()
	x := disk.Read(0)
	for i := uint64(0); i < 4; i++ {
		mu.Unlock()
		mu.Lock()
	}
	y := disk.Read(0)
	mu.Unlock()
	if x == y {
		return x
	}
	return disk.FromUint64(3)
}

// @ recovery
func Recover() {}
