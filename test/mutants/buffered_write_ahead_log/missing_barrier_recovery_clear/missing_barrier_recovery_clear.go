// Mutant: recovery ends before it is durable that the flag is cleared.
// Expect: refuted

// Package bufferedwriteaheadlog keeps a pair of blocks that always changes as a whole, crashes included, on a disk with a
// write buffer.
//
// Block 0 is the commit flag, blocks 1 and 2 are the pair, and blocks 3 and 4 are the log. A write puts the new pair
// into the log, sets the flag, copies the log to its place and clears the flag, and waits after each of these until it is
// durable. A crash while the flag is set leaves the copying to recovery.
package bufferedwriteaheadlog

import (
	"sync"

	"armada/machine/buffereddisk"
)

//@ refines AtomicPair over BufferedDisk(5)

// @ logLock guards disk[0], disk[3], disk[4], cur[0], cur[3], cur[4]
// @   invariant number(disk[0]) == 0 && cur[0] == disk[0]
var logLock sync.Mutex

// @ mainLock guards disk[1], disk[2], cur[1], cur[2], spec.first, spec.second
// @   invariant disk[1] == spec.first && disk[2] == spec.second && cur[1] == disk[1] && cur[2] == disk[2]
var mainLock sync.Mutex

//@ crash invariant number(disk[0]) == 0 ==> disk[1] == spec.first && disk[2] == spec.second
//@ crash invariant number(disk[0]) != 0 ==>
//@   (disk[3] == spec.first && disk[4] == spec.second) || exists j :: j => Write(disk[3], disk[4])

// Write replaces the pair.
//
// @ op Write
func Write(x, y buffereddisk.Block) {
	logLock.Lock()
	buffereddisk.Write(3, x)
	buffereddisk.Write(4, y)
	buffereddisk.Barrier()
	buffereddisk.Write(0, buffereddisk.FromUint64(1))
	buffereddisk.Barrier()
	mainLock.Lock()
	buffereddisk.Write(1, x)
	buffereddisk.Write(2, y)
	buffereddisk.Barrier()
	buffereddisk.Write(0, buffereddisk.FromUint64(0))
	buffereddisk.Barrier()
	logLock.Unlock()
	mainLock.Unlock()
}

// Read returns the pair.
//
// @ op Read
func Read() (buffereddisk.Block, buffereddisk.Block) {
	mainLock.Lock()
	x := buffereddisk.Read(1)
	y := buffereddisk.Read(2)
	mainLock.Unlock()
	return x, y
}

// Recover finishes a write that had set the flag.
//
// @ recovery
func Recover() {
	flag := buffereddisk.ToUint64(buffereddisk.Read(0))
	if flag != 0 {
		x := buffereddisk.Read(3)
		buffereddisk.Write(1, x)
		y := buffereddisk.Read(4)
		buffereddisk.Write(2, y)
		buffereddisk.Barrier()
		buffereddisk.Write(0, buffereddisk.FromUint64(0))
	}
} // want: recovery
