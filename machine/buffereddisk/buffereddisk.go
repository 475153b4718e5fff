// Package buffereddisk is the Go side of the machine layer BufferedDisk: one disk of 4096-byte blocks with a write
// buffer.
//
// Read, Write and Barrier are the layer's operations. Each is atomic for other goroutines. A crash leaves of each
// block what it had when the last Barrier returned, or any write of it since then. Everything else here prepares a disk
// before the verified code runs, or simulates a crash in a test, and is not verified itself.
package buffereddisk

import (
	"fmt"
	"sync"
	"sync/atomic"

	"armada/machine/disk"
)

// Block is the content of one disk block.
type Block = disk.Block

// Storage is what stands behind the buffer. Its writes may be lost in a crash until Sync returns; a single block is
// written as a whole or not at all.
type Storage interface {
	disk.Disk
	// Sync makes every earlier write durable.
	Sync() error
}

// Buffer holds back writes of a storage until a barrier.
type Buffer struct {
	// mutex makes an operation one atomic step.
	mutex   sync.RWMutex
	storage Storage
	// unflushed has the latest of the writes of each block since the last barrier; where history is kept all of them,
	// the oldest first.
	unflushed map[uint64][]Block
	history   bool
	// onAccess is called before each operation; nil: nothing is.
	onAccess func()
}

// current is the buffer that the operations work on.
var current atomic.Pointer[Buffer]

// New returns a buffer without unflushed writes. Nobody else uses the storage from now on.
func New(storage Storage) *Buffer {
	return &Buffer{storage: storage, unflushed: map[uint64][]Block{}}
}

// NewMemory returns a buffered disk of size zero blocks in memory, for tests.
func NewMemory(size uint64) *Buffer {
	b := New(memoryStorage{disk.NewMemory(size)})
	b.history = true
	return b
}

// OnAccess has f called before each operation, so that a test can make it crash there.
func (b *Buffer) OnAccess(f func()) {
	b.onAccess = f
}

// Init chooses the buffer that the operations work on. It is called before the verified code runs, and again to
// simulate a restart.
func Init(b *Buffer) {
	current.Store(b)
}

// Read returns the content of block a: what was written last, whether it was flushed or not. It panics if a is out of
// range, if the storage fails, or before Init.
func Read(a uint64) Block {
	v, err := checked(a).read(a)
	if err != nil {
		panic(fmt.Errorf("buffereddisk: read of block %d: %w", a, err))
	}
	return v
}

// Write replaces the content of block a. A crash may lose it until the next Barrier has returned. It panics if a is out
// of range, or before Init.
func Write(a uint64, v Block) {
	checked(a).write(a, v)
}

// Barrier makes every write that has returned durable. It panics if the storage fails, or before Init.
func Barrier() {
	if err := inUse().flush(); err != nil {
		panic(fmt.Errorf("buffereddisk: barrier: %w", err))
	}
}

func inUse() *Buffer {
	b := current.Load()
	if b == nil {
		panic("buffereddisk: used before Init")
	}
	if b.onAccess != nil {
		b.onAccess()
	}
	return b
}

func checked(a uint64) *Buffer {
	b := inUse()
	if size := b.storage.Size(); a >= size {
		panic(fmt.Sprintf("buffereddisk: block %d is out of range: the disk has %d blocks", a, size))
	}
	return b
}

func (b *Buffer) read(a uint64) (Block, error) {
	b.mutex.RLock()
	defer b.mutex.RUnlock()
	if writes := b.unflushed[a]; len(writes) > 0 {
		return writes[len(writes)-1], nil
	}
	return b.storage.ReadBlock(a)
}

func (b *Buffer) write(a uint64, v Block) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.history {
		b.unflushed[a] = append(b.unflushed[a], v)
	} else {
		b.unflushed[a] = []Block{v}
	}
}

// flush passes the latest write of each block on, in any order. After an error it is unknown which of them are durable, so
// that all of them stay unflushed and the buffer must not be used for more than reading.
func (b *Buffer) flush() error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for a, writes := range b.unflushed {
		if err := b.storage.WriteBlock(a, writes[len(writes)-1]); err != nil {
			return err
		}
	}
	if err := b.storage.Sync(); err != nil {
		return err
	}
	b.unflushed = map[uint64][]Block{}
	return nil
}

// Crash returns the disk as it is after a crash and a restart, for tests. For each block with unflushed writes, `survives`
// says how many of them had reached the storage by themselves, the oldest first: 0 leaves what the last barrier did. Of a
// disk that is not in memory only the latest write is known. The old buffer must not be used any more.
func (b *Buffer) Crash(survives func(a uint64, unflushed int) int) (*Buffer, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for a, writes := range b.unflushed {
		if count := survives(a, len(writes)); count > 0 {
			if err := b.storage.WriteBlock(a, writes[count-1]); err != nil {
				return nil, err
			}
		}
	}
	restarted := New(b.storage)
	restarted.history = b.history
	return restarted, nil
}

// Close releases the storage. Unflushed writes are lost, as in a crash.
func (b *Buffer) Close() error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.storage.Close()
}

// FromUint64 returns a block that holds v, little endian, in its first eight bytes, and zeros behind them.
func FromUint64(v uint64) Block {
	return disk.FromUint64(v)
}

// ToUint64 returns the number in the first eight bytes of a block, little endian. It ignores the rest.
func ToUint64(b Block) uint64 {
	return disk.ToUint64(b)
}
