package buffereddisk

import "armada/machine/disk"

// memoryStorage keeps its blocks in memory, where each write is durable at once as far as a test is concerned.
type memoryStorage struct {
	disk.Disk
}

func (memoryStorage) Sync() error {
	return nil
}
