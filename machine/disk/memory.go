package disk

import "sync"

// memoryDisk keeps its blocks in memory.
type memoryDisk struct {
	mutex  sync.RWMutex
	blocks []Block
}

// NewMemory returns a disk of size zero blocks in memory, for tests. Its blocks survive what a test calls a
// crash, a new Init with the same disk, and nothing else.
func NewMemory(size uint64) Disk {
	return &memoryDisk{blocks: make([]Block, size)}
}

func (d *memoryDisk) Size() uint64 {
	return uint64(len(d.blocks))
}

func (d *memoryDisk) ReadBlock(a uint64) (Block, error) {
	d.mutex.RLock()
	defer d.mutex.RUnlock()
	return d.blocks[a], nil
}

func (d *memoryDisk) WriteBlock(a uint64, v Block) error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.blocks[a] = v
	return nil
}

func (d *memoryDisk) Close() error {
	return nil
}
