// Mutant: Recovery does nothing.
// Expect: refuted

// Package writeaheadlog keeps a pair of blocks that always changes as a whole, crashes included.
//
// Block 0 is the commit flag, blocks 1 and 2 are the pair, and blocks 3 and 4 are the log. A write puts the new pair
// into the log, sets the flag, copies the log to its place and clears the flag. A crash while the flag is set leaves the
// copying to recovery. Writers take turns under one lock; readers wait only while the pair itself is written.
package writeaheadlog

import (
	"sync"

	"armada/machine/disk"
)

//@ refines AtomicPair over SingleDisk(5)

// @ logLock guards disk[0], disk[3], disk[4]
// @   invariant number(disk[0]) == 0
var logLock sync.Mutex

// @ mainLock guards disk[1], disk[2], spec.first, spec.second
// @   invariant disk[1] == spec.first && disk[2] == spec.second
var mainLock sync.Mutex

//@ crash invariant number(disk[0]) == 0 ==> disk[1] == spec.first && disk[2] == spec.second
//@ crash invariant number(disk[0]) != 0 ==>
//@   (disk[3] == spec.first && disk[4] == spec.second) || exists j :: j => Write(disk[3], disk[4])

// Write replaces the pair.
//
// @ op Write
func Write(x, y disk.Block) {
	logLock.Lock()
	disk.Write(3, x)
	disk.Write(4, y)
	disk.Write(0, disk.FromUint64(1))
	mainLock.Lock()
	disk.Write(1, x)
	disk.Write(2, y)
	disk.Write(0, disk.FromUint64(0))
	logLock.Unlock()
	mainLock.Unlock()
}

// Read returns the pair.
//
// @ op Read
func Read() (disk.Block, disk.Block) {
	mainLock.Lock()
	x := disk.Read(1)
	y := disk.Read(2)
	mainLock.Unlock()
	return x, y
}

// Recover finishes a write that had set the flag.
//
// @ recovery
func Recover() {
} // want: recovery
