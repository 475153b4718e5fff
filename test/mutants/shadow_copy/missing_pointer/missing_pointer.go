// Mutant: Write fills the second copy and never makes it the current one.
// Expect: refuted

// Package shadowcopy keeps a pair of blocks that always changes as a whole, crashes included.
//
// The disk has room for two copies of the pair, and block 0 says which is current: 0 for blocks 1 and 2, anything else
// for blocks 3 and 4. A write fills the other copy and then makes it the current one, by writing block 0.
package shadowcopy

import (
	"sync"

	"armada/machine/disk"
)

//@ refines AtomicPair over SingleDisk(5)

// @ mu guards disk[0], disk[1], disk[2], disk[3], disk[4], spec.first, spec.second
// @   invariant (number(disk[0]) == 0 ==> disk[1] == spec.first && disk[2] == spec.second) &&
// @     (number(disk[0]) != 0 ==> disk[3] == spec.first && disk[4] == spec.second)
var mu sync.Mutex

//@ crash invariant invariant(mu)

// Write replaces the pair.
//
// @ op Write
func Write(x, y disk.Block) {
	mu.Lock()
	current := disk.ToUint64(disk.Read(0))
	if current == 0 {
		disk.Write(3, x)
		disk.Write(4, y)
	} else {
		disk.Write(1, x)
		disk.Write(2, y)
		disk.Write(0, disk.FromUint64(0))
	}
	mu.Unlock()
} // want: effect

// Read returns the pair.
//
// @ op Read
func Read() (disk.Block, disk.Block) {
	mu.Lock()
	current := disk.ToUint64(disk.Read(0))
	base := uint64(1)
	if current != 0 {
		base = 3
	}
	x := disk.Read(base)
	y := disk.Read(base + 1)
	mu.Unlock()
	return x, y
}

// Recover has nothing to do: a write that did not get to block 0 has changed nothing that is read.
//
// @ recovery
func Recover() {}
