// Mutant: the pointer is written before the first copy is durable.
// Expect: refuted

// Package bufferedshadowcopy keeps a pair of blocks that always changes as a whole, crashes included, on a disk with a
// write buffer.
//
// The disk has room for two copies of the pair, and block 0 says which is current: 0 for blocks 1 and 2, anything else
// for blocks 3 and 4. A write fills the other copy, waits until that is durable, makes it the current one by writing
// block 0, and waits again, so that what it returns from is not lost.
package bufferedshadowcopy

import (
	"sync"

	"armada/machine/buffereddisk"
)

//@ refines AtomicPair over BufferedDisk(5)

// @ mu guards disk, cur, spec.first, spec.second
// @   invariant (forall a uint64 :: disk[a] == cur[a])
var mu sync.Mutex

//@ crash invariant (number(disk[0]) == 0 ==> disk[1] == spec.first && disk[2] == spec.second) &&
//@   (number(disk[0]) != 0 ==> disk[3] == spec.first && disk[4] == spec.second)

// Write replaces the pair.
//
// @ op Write
func Write(x, y buffereddisk.Block) {
	mu.Lock()
	current := buffereddisk.ToUint64(buffereddisk.Read(0))
	if current == 0 {
		buffereddisk.Write(3, x)
		buffereddisk.Write(4, y)
		buffereddisk.Barrier()
		buffereddisk.Write(0, buffereddisk.FromUint64(1))
	} else {
		buffereddisk.Write(1, x)
		buffereddisk.Write(2, y)
		buffereddisk.Write(0, buffereddisk.FromUint64(0)) // want: crash-invariant
	}
	buffereddisk.Barrier()
	mu.Unlock()
}

// Read returns the pair.
//
// @ op Read
func Read() (buffereddisk.Block, buffereddisk.Block) {
	mu.Lock()
	current := buffereddisk.ToUint64(buffereddisk.Read(0))
	base := uint64(1)
	if current != 0 {
		base = 3
	}
	x := buffereddisk.Read(base)
	y := buffereddisk.Read(base + 1)
	mu.Unlock()
	return x, y
}

// Recover has nothing to do: a write that did not get to block 0 has changed nothing that is read.
//
// @ recovery
func Recover() {}
