// Odd: A commit is a single block write, and neither it nor the reader takes a lock.
// Expect: proved

// Package plaindisk is a disk in which nothing is lost, made of one disk that does not fail.
package plaindisk

import "armada/machine/disk"

//@ refines ReplicatedDisk(Size) over SingleDisk(Size)

// Size is the number of blocks.
const Size uint64 = 1000 //@ parameter

//@ crash invariant forall a uint64 :: a < Size ==> disk[a] == spec.disk[a]

// Read returns the content of block a.
//
// @ op Read
func Read(a uint64) disk.Block {
	return disk.Read(a)
}

// Write replaces the content of block a.
//
// @ op Write
func Write(a uint64, v disk.Block) {
	disk.Write(a, v)
}

// Recover has nothing to do.
//
// @ recovery
func Recover() {}
