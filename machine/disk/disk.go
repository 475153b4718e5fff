// Package disk is the Go side of the machine layer SingleDisk: one disk of 4096-byte blocks.
//
// Read and Write are the layer's operations. Each is atomic, for other goroutines and for crashes, and a
// block that Write has returned from survives a crash. Everything else here prepares a disk before the
// verified code runs and is not verified itself.
package disk

import (
	"encoding/binary"
	"fmt"
	"sync/atomic"
)

// BlockSize is the number of bytes in a block.
const BlockSize = 4096

// Block is the content of one disk block. It is a value: assigning it copies the bytes.
type Block [BlockSize]byte

// Disk is what can stand behind Read and Write. An implementation makes each block access atomic, and a
// block write durable by the time it returns. The address is below Size.
type Disk interface {
	// Size is the number of blocks.
	Size() uint64
	// ReadBlock returns the current content of a block, or an error if the disk cannot be read.
	ReadBlock(a uint64) (Block, error)
	// WriteBlock replaces the content of a block, or returns an error if the disk cannot be written.
	WriteBlock(a uint64, v Block) error
	// Close releases what the disk holds in the operating system. The blocks stay.
	Close() error
}

// current is the disk that Read and Write work on.
var current atomic.Pointer[Disk]

// Init chooses the disk that Read and Write work on. It is called before the verified code runs, and again
// to simulate a restart.
func Init(d Disk) {
	current.Store(&d)
}

// Read returns the content of block a. It panics if a is out of range, if the disk fails, or before Init.
func Read(a uint64) Block {
	d := checked(a)
	v, err := d.ReadBlock(a)
	if err != nil {
		panic(fmt.Errorf("disk: read of block %d: %w", a, err))
	}
	return v
}

// Write replaces the content of block a and makes it durable. It panics if a is out of range, if the disk
// fails, or before Init.
func Write(a uint64, v Block) {
	d := checked(a)
	if err := d.WriteBlock(a, v); err != nil {
		panic(fmt.Errorf("disk: write of block %d: %w", a, err))
	}
}

func checked(a uint64) Disk {
	d := current.Load()
	if d == nil {
		panic("disk: used before Init")
	}
	if size := (*d).Size(); a >= size {
		panic(fmt.Sprintf("disk: block %d is out of range: the disk has %d blocks", a, size))
	}
	return *d
}

// FromUint64 returns a block that holds v, little endian, in its first eight bytes, and zeros behind them.
func FromUint64(v uint64) Block {
	var b Block
	binary.LittleEndian.PutUint64(b[:8], v)
	return b
}

// ToUint64 returns the number in the first eight bytes of a block, little endian. It ignores the rest.
func ToUint64(b Block) uint64 {
	return binary.LittleEndian.Uint64(b[:8])
}
