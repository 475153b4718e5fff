// Package p has loops of two rounds with steps in them, which need no invariants: what the holder of the lock knows is not forgotten.
package p

import (
	"sync"

	"armada/machine/disk"
)

//@ refines Pair over SingleDisk(5)

// @ mu guards disk, spec.x, spec.y
// @   invariant number(disk[2 * number(disk[0]) + 1]) == spec.x &&
// @     number(disk[2 * number(disk[0]) + 2]) == spec.y && number(disk[0]) < 2
var mu sync.Mutex

// @ crash invariant number(disk[2 * number(disk[0]) + 1]) == spec.x &&
// @   number(disk[2 * number(disk[0]) + 2]) == spec.y && number(disk[0]) < 2

// @ op Set
func Set(v uint64) {
	mu.Lock()
	defer mu.Unlock()
	next := 1 - disk.ToUint64(disk.Read(0))
	for i := range uint64(2) {
		disk.Write(2*next+1+i, disk.FromUint64(v))
	}
	disk.Write(0, disk.FromUint64(next))
}

// @ op Get
func Get() (uint64, uint64) {
	mu.Lock()
	defer mu.Unlock()
	current := disk.ToUint64(disk.Read(0))
	var found [2]uint64
	for i := range found {
		found[i] = disk.ToUint64(disk.Read(2*current + 1 + uint64(i)))
	}
	return found[0], found[1]
}

// @ recovery
func Recover() {}
