package buffereddisk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"armada/machine/disk"
)

// maxSize keeps the byte offset of every block within an int64.
const maxSize = (1<<63 - 1) / disk.BlockSize

// fileStorage keeps its blocks in a file, one after the other. The buffer above it makes accesses exclusive.
type fileStorage struct {
	file *os.File
	size uint64
}

// OpenFile returns a buffered disk of size blocks that is kept in a file. A missing file is created with zero blocks; an
// existing one must have exactly that size. A barrier ends with fsync: when it returns, the operating system has passed
// the data on to the device. That a crash does not tear a block is the device's promise.
func OpenFile(path string, size uint64) (*Buffer, error) {
	if size > maxSize {
		return nil, fmt.Errorf("buffereddisk: %d blocks are more than a file can hold", size)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("buffereddisk: %w", err)
	}
	if err := prepare(file, path, size); err != nil {
		return nil, fmt.Errorf("buffereddisk: %s: %w", path, errors.Join(err, file.Close()))
	}
	return New(&fileStorage{file: file, size: size}), nil
}

// prepare gives a new file its size and checks the size of an old one. It makes durable what a program that ended in the
// middle of a barrier left to the operating system, because it is read from now on, and the file's name.
func prepare(file *os.File, path string, size uint64) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	bytes := int64(size) * disk.BlockSize
	if info.Size() == 0 {
		err = file.Truncate(bytes)
	} else if info.Size() != bytes {
		err = fmt.Errorf("the file has %d bytes where %d blocks need %d", info.Size(), size, bytes)
	}
	if err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	directory, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(directory.Sync(), directory.Close())
}

func (s *fileStorage) Size() uint64 {
	return s.size
}

func (s *fileStorage) ReadBlock(a uint64) (Block, error) {
	var v Block
	if _, err := s.file.ReadAt(v[:], int64(a)*disk.BlockSize); err != nil {
		return Block{}, err
	}
	return v, nil
}

func (s *fileStorage) WriteBlock(a uint64, v Block) error {
	_, err := s.file.WriteAt(v[:], int64(a)*disk.BlockSize)
	return err
}

func (s *fileStorage) Sync() error {
	return s.file.Sync()
}

func (s *fileStorage) Close() error {
	return s.file.Close()
}
