// Odd: There are four blocks, and that is no parameter: recovery is a loop of few rounds, in each of which it may help.
// Expect: proved

// Package replicateddisk makes one disk out of two, so that nothing is lost when one of them fails.
//
// Each block is written to both disks under the lock of its address, disk 1 first, and read from disk 1 while that
// works. After a crash recovery makes the disks equal again by copying disk 1 to disk 2: that finishes any write that
// had reached disk 1 only.
package replicateddisk

import (
	"sync"

	"armada/machine/twodisk"
)

//@ refines ReplicatedDisk(Size) over TwoDisk(Size)

// Size is the number of blocks.
const Size uint64 = 4

// @ locks[a] guards disk1[a], disk2[a], spec.disk[a]
// @   invariant (ok1 ==> disk1[a] == spec.disk[a]) && (ok2 ==> disk2[a] == spec.disk[a])
var locks [Size]sync.Mutex

//@ crash invariant forall a uint64 :: a < Size ==>
//@   (ok1 ==> disk1[a] == spec.disk[a] || exists j :: j => Write(a, disk1[a])) &&
//@   (ok2 ==> disk2[a] == spec.disk[a] || exists j :: j => Write(a, disk2[a]))

// Read returns the content of block a.
//
// @ op Read
func Read(a uint64) twodisk.Block {
	locks[a].Lock()
	v, ok := twodisk.Read1(a)
	if !ok {
		v, _ = twodisk.Read2(a)
	}
	locks[a].Unlock()
	return v
}

// Write replaces the content of block a.
//
// @ op Write
func Write(a uint64, v twodisk.Block) {
	locks[a].Lock()
	twodisk.Write1(a, v)
	twodisk.Write2(a, v)
	locks[a].Unlock()
}

// Recover makes the disks equal after a crash.
//
// @ recovery
func Recover() {
	for a := uint64(0); a < Size; a++ {
		v, ok := twodisk.Read1(a)
		if ok {
			twodisk.Write2(a, v)
		}
	}
}
