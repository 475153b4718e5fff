// Mutant: Append fills a place without the state lock.
// Expect: refuted

// Package groupcommit keeps a log of numbers on one disk. Transactions of two numbers wait in memory until a commit writes
// all that wait at once.
//
// Block 0 holds the number of log entries, and each of the blocks behind it one entry. Memory has room for two
// transactions. A commit writes their numbers behind the log, in the order in which they were appended, and then the new
// number of entries: that one write makes all of them part of the log.
package groupcommit

import (
	"sync"

	"armada/machine/disk"
)

//@ refines GroupCommit over SingleDisk(Size)

// Size is the number of blocks of the disk: room for one commit at least.
// @ parameter where Size >= 5
const Size uint64 = 1000

// pair is a transaction.
type pair struct{ x, y uint64 }

// Which of the two places in memory hold a transaction, in the order of their appending.
const (
	empty uint64 = iota
	first
	second
	firstThenSecond
	secondThenFirst
)

// @ diskLock guards disk, spec.log
var diskLock sync.Mutex

// @ stateLock guards state, slot1.x, slot1.y, slot2.x, slot2.y, spec.buffer
// @   invariant state <= secondThenFirst && spec.buffer == (if state == empty then []
// @     else if state == first then [slot1.x, slot1.y] else if state == second then [slot2.x, slot2.y]
// @     else if state == firstThenSecond then [slot1.x, slot1.y, slot2.x, slot2.y]
// @     else [slot2.x, slot2.y, slot1.x, slot1.y])
var stateLock sync.Mutex

var (
	state        uint64
	slot1, slot2 pair
)

//@ crash invariant number(disk[0]) == len(spec.log) && len(spec.log) < Size
//@ crash invariant forall i :: i < len(spec.log) ==> number(disk[1 + i]) == spec.log[i]

// Append adds a transaction to the buffer. It waits until there is room. If both places are free, the first
// number decides between them.
//
// @ op Append
func Append(v1, v2 uint64) {
	for state > second { // want: race
		//@ retry
	}
	switch current := state; {
	case current == empty && v1%2 == 0:
		slot1 = pair{v1, v2}
		state = first
	case current == empty:
		slot2 = pair{v1, v2}
		state = second
	case current == first:
		slot2 = pair{v1, v2}
		state = firstThenSecond
	default:
		slot1 = pair{v1, v2}
		state = secondThenFirst
	}
}

// Commit makes everything in the buffer durable and returns true. If the disk may be too full it returns false.
//
// @ op Commit
func Commit() bool {
	diskLock.Lock()
	length := disk.ToUint64(disk.Read(0))
	if Size-1-length < 4 {
		diskLock.Unlock()
		return false
	}
	stateLock.Lock()
	end := length
	switch state {
	case first:
		end = write(end, slot1)
	case second:
		end = write(end, slot2)
	case firstThenSecond:
		end = write(write(end, slot1), slot2)
	case secondThenFirst:
		end = write(write(end, slot2), slot1)
	}
	disk.Write(0, disk.FromUint64(end))
	state = empty
	stateLock.Unlock()
	diskLock.Unlock()
	return true
}

// write puts a transaction behind the first n entries and returns the number of entries with it.
func write(n uint64, t pair) uint64 {
	disk.Write(1+n, disk.FromUint64(t.x))
	disk.Write(2+n, disk.FromUint64(t.y))
	return n + 2
}

// Get returns entry i of the log, and whether there is one.
//
// @ op Get
func Get(i uint64) (uint64, bool) {
	diskLock.Lock()
	v, ok := uint64(0), i < disk.ToUint64(disk.Read(0))
	if ok {
		v = disk.ToUint64(disk.Read(1 + i))
	}
	diskLock.Unlock()
	return v, ok
}

// Recover has nothing to do: the log is on the disk, and the buffer is empty.
//
// @ recovery
func Recover() {}
