package disk

import (
	"fmt"
	"os"
	"sync"
)

// maxSize keeps the byte offset of every block within an int64.
const maxSize = (1<<63 - 1) / BlockSize

// fileDisk keeps its blocks in a file, one after the other.
type fileDisk struct {
	// mutex makes block accesses atomic: the operating system promises that only for single bytes.
	mutex sync.RWMutex
	file  *os.File
	size  uint64
}

// OpenFile returns a disk of size blocks that is kept in a file. A missing file is created with zero
// blocks; an existing one must have exactly that size. Writes are synchronous: when one returns, the operating
// system has passed the data on to the device. That a crash does not tear a block is the device's promise.
func OpenFile(path string, size uint64) (Disk, error) {
	if size > maxSize {
		return nil, fmt.Errorf("disk: %d blocks are more than a file can hold", size)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_SYNC, 0o644)
	if err != nil {
		return nil, fmt.Errorf("disk: %w", err)
	}
	if err := prepare(file, size); err != nil {
		return nil, fmt.Errorf("disk: %s: %w", path, closeAfter(file, err))
	}
	return &fileDisk{file: file, size: size}, nil
}

// prepare gives a new file its size and checks the size of an old one.
func prepare(file *os.File, size uint64) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	switch bytes := int64(size) * BlockSize; info.Size() {
	case bytes:
		return nil
	case 0:
		if err := file.Truncate(bytes); err != nil {
			return err
		}
		return file.Sync()
	default:
		return fmt.Errorf("the file has %d bytes where %d blocks need %d", info.Size(), size, bytes)
	}
}

func closeAfter(file *os.File, err error) error {
	if closeErr := file.Close(); closeErr != nil {
		return fmt.Errorf("%w (and closing failed: %v)", err, closeErr)
	}
	return err
}

func (d *fileDisk) Size() uint64 {
	return d.size
}

func (d *fileDisk) ReadBlock(a uint64) (Block, error) {
	d.mutex.RLock()
	defer d.mutex.RUnlock()
	var v Block
	if _, err := d.file.ReadAt(v[:], int64(a)*BlockSize); err != nil {
		return Block{}, err
	}
	return v, nil
}

func (d *fileDisk) WriteBlock(a uint64, v Block) error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	_, err := d.file.WriteAt(v[:], int64(a)*BlockSize)
	return err
}

func (d *fileDisk) Close() error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.file.Close()
}
