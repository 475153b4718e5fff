// Package twodisk is the Go side of the machine layer TwoDisk: two disks of the same size, of which at most one fails.
//
// Read1, Write1, Read2 and Write2 are the layer's operations. Each is atomic, for other goroutines and for crashes. A
// disk may fail at any access and stays failed for good, restarts included: its reads return the zero block and false,
// its writes do nothing. The code above never sees both fail: then the program stops. Everything else here prepares
// the disks before the verified code runs, or makes one fail in a test, and is not verified itself.
package twodisk

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"armada/machine/disk"
)

// Block is the content of one disk block.
type Block = disk.Block

// Pair is two disks of the same size and what is known about their health.
type Pair struct {
	// mutex makes an access, and the failure that it may find, one atomic step.
	mutex sync.Mutex
	disks [2]disk.Disk
	ok    [2]bool
	// record makes the failure of a disk known to later runs, before anybody sees it.
	record func(failed int) error
	// countdown is the number of accesses of either disk before disk `doomed` fails; negative: never.
	countdown int64
	doomed    int
}

// current is the pair that the operations work on.
var current atomic.Pointer[Pair]

// New returns a pair of healthy disks that forgets a failure when the program ends. The disks have the same size.
func New(disk1, disk2 disk.Disk) *Pair {
	if disk1.Size() != disk2.Size() {
		panic(fmt.Sprintf("twodisk: the disks have %d and %d blocks", disk1.Size(), disk2.Size()))
	}
	return &Pair{
		disks:     [2]disk.Disk{disk1, disk2},
		ok:        [2]bool{true, true},
		record:    func(int) error { return nil },
		countdown: -1,
	}
}

// NewMemory returns a pair of zero disks of size blocks in memory, for tests.
func NewMemory(size uint64) *Pair {
	return New(disk.NewMemory(size), disk.NewMemory(size))
}

// Init chooses the disks that the operations work on. It is called before the verified code runs, and again to
// simulate a restart.
func Init(p *Pair) {
	current.Store(p)
}

// Close releases both disks. Their blocks stay.
func (p *Pair) Close() error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return errors.Join(p.disks[0].Close(), p.disks[1].Close())
}

// Read1 returns block a of disk 1 and true, or the zero block and false if disk 1 has failed.
func Read1(a uint64) (Block, bool) {
	return initialised().read(0, a)
}

// Read2 returns block a of disk 2 and true, or the zero block and false if disk 2 has failed.
func Read2(a uint64) (Block, bool) {
	return initialised().read(1, a)
}

// Write1 replaces block a of disk 1, unless disk 1 has failed.
func Write1(a uint64, v Block) {
	initialised().write(0, a, v)
}

// Write2 replaces block a of disk 2, unless disk 2 has failed.
func Write2(a uint64, v Block) {
	initialised().write(1, a, v)
}

// FailDisk1 makes disk 1 fail now. It panics if disk 2 has failed.
func FailDisk1() {
	initialised().failNow(0)
}

// FailDisk2 makes disk 2 fail now. It panics if disk 1 has failed.
func FailDisk2() {
	initialised().failNow(1)
}

// FailDisk1After makes disk 1 fail at the access, of either disk, that follows the given number of accesses.
func FailDisk1After(accesses uint32) {
	initialised().failAfter(0, accesses)
}

// FailDisk2After makes disk 2 fail at the access, of either disk, that follows the given number of accesses.
func FailDisk2After(accesses uint32) {
	initialised().failAfter(1, accesses)
}

func initialised() *Pair {
	p := current.Load()
	if p == nil {
		panic("twodisk: used before Init")
	}
	return p
}

func (p *Pair) read(which int, a uint64) (Block, bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.access(a)
	if !p.ok[which] {
		return Block{}, false
	}
	v, err := p.disks[which].ReadBlock(a)
	if err != nil {
		p.fail(which)
		return Block{}, false
	}
	return v, true
}

func (p *Pair) write(which int, a uint64, v Block) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.access(a)
	if !p.ok[which] {
		return
	}
	if err := p.disks[which].WriteBlock(a, v); err != nil {
		p.fail(which)
	}
}

// access checks the address and lets the disk fail that a test has doomed. The mutex is held.
func (p *Pair) access(a uint64) {
	if size := p.disks[0].Size(); a >= size {
		panic(fmt.Sprintf("twodisk: block %d is out of range: the disks have %d blocks", a, size))
	}
	if p.countdown == 0 {
		p.fail(p.doomed)
	}
	if p.countdown >= 0 {
		p.countdown--
	}
}

func (p *Pair) failNow(which int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.fail(which)
}

func (p *Pair) failAfter(which int, accesses uint32) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.doomed = which
	p.countdown = int64(accesses)
}

// fail marks a disk as failed for good. The mutex is held.
func (p *Pair) fail(which int) {
	if !p.ok[1-which] {
		panic("twodisk: both disks have failed")
	}
	if !p.ok[which] {
		return
	}
	if err := p.record(which); err != nil {
		panic(fmt.Errorf("twodisk: the failure of disk %d cannot be recorded: %w", which+1, err))
	}
	p.ok[which] = false
}
