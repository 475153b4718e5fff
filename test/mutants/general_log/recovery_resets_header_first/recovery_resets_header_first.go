// Mutant: recovery empties the log before it reads how many entries there are.
// Expect: refuted

// Package generallog commits any number of writes to a disk of any size together, crashes included, with a write-ahead log.
//
// Block 0 is the header: the number of committed entries in the log. Block i is the address of entry i, and block
// Values+i its value; the data is between the two. A write adds an entry behind those in the log. A commit waits until
// the entries are durable, and then makes all of them count by one write of the header. Install copies committed
// entries to their places and empties the log; reads go on meanwhile. An index in memory says which is the last entry of
// each block, so that a read is one access of the disk.
package generallog

import (
	"sync"

	"armada/machine/buffereddisk"
)

//@ refines LoggedDisk(Size) over BufferedDisk(Values + Slots)

// Size is the number of blocks of data.
const Size uint64 = 1000 //@ parameter where 0 < Size && Size < 1<<40

// Slots is one more than the number of entries that the log has room for; slot 0 is the header.
const Slots uint64 = 64 //@ parameter where 2 < Slots && Slots < 1<<20

// Data is the block where the data begins.
const Data = Slots

// Values is the block where the values of entries begin.
const Values = Data + Size

// log is held by whoever changes the disk.
//
// @ log guards disk, cur, count, spec.disk, spec.cur
// @   invariant cur[0] == disk[0] && (number(disk[0]) == count ==> disk == cur && spec.disk == spec.cur) &&
// @   (forall a uint64 :: last[a] <= count) &&
// @   (forall a, i uint64 :: !(last[a] < i && i <= count && number(cur[i]) == a))
var log sync.Mutex

// count is the number of entries, those that are not committed included.
var count uint64

// index is held by whoever uses the index.
//
// @ index guards last
var index sync.Mutex

// last is the last entry of each block; 0 if it has none.
var last [Size]uint64

//@ guarantee unless holds(self, log) while true: last == old(last)

//@ invariant number(disk[0]) <= count && count < Slots
//@ invariant forall i uint64 :: 0 < i && i <= count ==> number(cur[i]) < Size
//@ invariant forall a uint64 :: last[a] < Slots
//@ invariant forall a uint64 :: a < Size && last[a] == 0 ==> cur[Data+a] == spec.cur[a]
//@ invariant forall a uint64 :: last[a] != 0 ==>
//@   number(cur[last[a]]) == a && cur[Values+last[a]] == spec.cur[a]

//@ crash invariant number(disk[0]) < Slots
//@ crash invariant forall i uint64 :: 0 < i && i <= number(disk[0]) ==> number(disk[i]) < Size
//@ crash invariant forall a uint64 :: a < Size ==> exists i :: i < Slots && i <= number(disk[0]) &&
//@   (forall j uint64 :: i < j && j < Slots && j <= number(disk[0]) ==> number(disk[j]) != a) &&
//@   (if i == 0 then disk[Data+a] == spec.disk[a]
//@     else number(disk[i]) == a && disk[Values+i] == spec.disk[a])

// Read returns the content of block a: that of its last entry in the log, if it has any.
//
// @ op Read
func Read(a uint64) buffereddisk.Block {
	index.Lock()
	at := Data + a
	if i := last[a]; i != 0 {
		at = Values + i
	}
	v := buffereddisk.Read(at)
	index.Unlock()
	return v
}

// Write adds the entry that block a is v. It returns false if the log has no room for it.
//
// @ op Write
func Write(a uint64, v buffereddisk.Block) bool {
	log.Lock()
	i := count + 1
	if i >= Slots {
		log.Unlock()
		return false
	}
	buffereddisk.Write(i, buffereddisk.FromUint64(a))
	buffereddisk.Write(Values+i, v)
	index.Lock()
	last[a] = i
	count = i
	index.Unlock()
	log.Unlock()
	return true
}

// Commit makes all entries durable, together.
//
// @ op Commit
func Commit() {
	log.Lock()
	buffereddisk.Barrier()
	buffereddisk.Write(0, buffereddisk.FromUint64(count))
	buffereddisk.Barrier()
	log.Unlock()
}

// Install copies the entries to their places, while others read, and then empties the log. It does nothing if there
// are entries that are not committed.
//
// @ op Install
func Install() {
	log.Lock()
	n := buffereddisk.ToUint64(buffereddisk.Read(0))
	if n != count {
		//@ commit
		log.Unlock()
		return
	}
	for i := uint64(1); i <= n; i++ {
		//@ invariant 0 < i && n == count && n == number(disk[0])
		//@ invariant forall j uint64 :: j < Slots ==> cur[j] == disk[j] && cur[Values+j] == disk[Values+j]
		//@ invariant forall a uint64 :: last[a] <= n && (last[a] == 0 || i <= last[a])
		//@ invariant forall a, j uint64 :: !(i <= j && j <= n && last[a] < j && number(cur[j]) == a)
		a := buffereddisk.ToUint64(buffereddisk.Read(i))
		buffereddisk.Write(Data+a, buffereddisk.Read(Values+i))
		index.Lock()
		if last[a] == i {
			last[a] = 0
		}
		index.Unlock()
	}
	buffereddisk.Barrier()
	buffereddisk.Write(0, buffereddisk.FromUint64(0))
	buffereddisk.Barrier()
	count = 0
	//@ commit
	log.Unlock()
}

// Recover does the same after a crash.
//
// @ recovery
func Recover() {
	buffereddisk.Write(0, buffereddisk.FromUint64(0)) // want: crash-invariant
	n := buffereddisk.ToUint64(buffereddisk.Read(0))
	for i := uint64(1); i <= n; i++ {
		//@ invariant 0 < i && n == number(disk[0])
		//@ invariant forall j uint64 :: 0 < j && j <= n ==> number(cur[j]) < Size
		//@ invariant forall j uint64 :: j < Slots ==> cur[j] == disk[j] && cur[Values+j] == disk[Values+j]
		//@ invariant forall a uint64 :: a < Size &&
		//@   (forall j uint64 :: i <= j && j <= n ==> number(cur[j]) != a) ==> cur[Data+a] == spec.disk[a]
		a := buffereddisk.ToUint64(buffereddisk.Read(i))
		buffereddisk.Write(Data+a, buffereddisk.Read(Values+i))
	}
	buffereddisk.Barrier()
	buffereddisk.Write(0, buffereddisk.FromUint64(0))
	buffereddisk.Barrier()
}
