package p

import (
	"armada/machine/disk"
	"sync/atomic"
)

//@ refines Cell over SingleDisk(1)

// @ token building guards value, spec.value invariant building.frozen ==> value == spec.value

// @ invariant (building.held <==> state == 1) && (building.frozen <==> state == 2)
// @ invariant number(disk[0]) <= 1 && (number(disk[0]) == 1 ==> building.frozen)
// @ invariant (spec.known <==> state == 2) && state <= 2

var state atomic.Uint32
var value uint64

// @ op Publish
func Publish(n uint64) bool {
	//@ claim building if old(state) == 0
	if !state.CompareAndSwap(0, 1) {
		return false
	}
	value = n
	//@ freeze building
	state.Store(2)
	disk.Write(0, disk.FromUint64(1))
	return true
}

// @ op Get
func Get() (uint64, bool) {
	if disk.ToUint64(disk.Read(0)) != 1 {
		if state.Load() != 2 {
			return 0, false
		}
	}
	return value, true
}

// @ recovery
func Recover() {}
