// Mutant: the goroutine releases the lock while it copies.
// Expect: refuted

// Package backgroundlog keeps a pair of blocks that always changes as a whole, crashes included, and lets a goroutine do what
// a writer need not wait for.
//
// Block 0 is the commit flag, blocks 1 and 2 are the pair, and blocks 3 and 4 are the log. A write puts the new pair into the log and
// sets the flag; then it is safe. Copying the log to its place is left to a goroutine, which may run at any later time, or to the next
// write, if that comes first. Until then readers find the pair in the log. After a crash recovery copies it.
package backgroundlog

import (
	"sync"

	"armada/machine/disk"
)

//@ refines AtomicPair over SingleDisk(5)

// logged says whether the pair is in the log.
var logged bool

// @ mu guards logged, disk[0], disk[1], disk[2], disk[3], disk[4], spec.first, spec.second
// @   invariant logged == (number(disk[0]) != 0) &&
// @     (logged ==> disk[3] == spec.first && disk[4] == spec.second) &&
// @     (!logged ==> disk[1] == spec.first && disk[2] == spec.second)
var mu sync.Mutex

//@ crash invariant number(disk[0]) == 0 ==> disk[1] == spec.first && disk[2] == spec.second
//@ crash invariant number(disk[0]) != 0 ==> disk[3] == spec.first && disk[4] == spec.second

// Write replaces the pair.
//
// @ op Write
func Write(x, y disk.Block) {
	mu.Lock()
	install()
	disk.Write(3, x)
	disk.Write(4, y)
	disk.Write(0, disk.FromUint64(1))
	logged = true
	mu.Unlock()
	go func() {
		mu.Lock()
		if logged {
			disk.Write(1, disk.Read(3))
			mu.Unlock()
			mu.Lock()
			disk.Write(2, disk.Read(4)) // want: crash-invariant
			disk.Write(0, disk.FromUint64(0))
			logged = false
		}
		mu.Unlock()
	}()
}

// install copies the log to its place, unless that is done. The caller has the lock.
func install() {
	if !logged {
		return
	}
	disk.Write(1, disk.Read(3))
	disk.Write(2, disk.Read(4))
	disk.Write(0, disk.FromUint64(0))
	logged = false
}

// Read returns the pair.
//
// @ op Read
func Read() (disk.Block, disk.Block) {
	mu.Lock()
	defer mu.Unlock()
	if logged {
		return disk.Read(3), disk.Read(4)
	}
	return disk.Read(1), disk.Read(2)
}

// Recover copies a pair that was written to the log only.
//
// @ recovery
func Recover() {
	if disk.ToUint64(disk.Read(0)) != 0 {
		disk.Write(1, disk.Read(3))
		disk.Write(2, disk.Read(4))
		disk.Write(0, disk.FromUint64(0))
	}
}
