package p

import (
	"encoding/binary"
	"errors"
	"sync"
)

//@ refines Records over Memory

// @ mu guards key, size, spec.key, spec.size invariant key == spec.key && uint64(size) == spec.size
var mu sync.Mutex

var (
	key  uint64
	size uint32
)

// ErrLarge says that a record has no room.
var ErrLarge = errors.New("the record is too large")

var errOther = errors.New("the record is too large")

func encode(k, n uint64) ([]byte, error) {
	if n > 4096 {
		return nil, ErrLarge
	}
	b := make([]byte, 8, 12)
	binary.LittleEndian.PutUint64(b, k)
	return binary.BigEndian.AppendUint32(b, uint32(n)), nil
}

func decode(b []byte) (uint64, uint32, error) {
	if len(b) != 12 {
		return 0, 0, errors.New("not a record")
	}
	return binary.LittleEndian.Uint64(b), binary.BigEndian.Uint32(b[8:]), nil
}

// @ op Put
func Put(k, n uint64) bool {
	b, err := encode(k, n)
	if err == errOther {
		panic("that is another error")
	}
	if errors.Is(err, ErrLarge) {
		return false
	}
	readKey, readSize, err := decode(b)
	if err != nil {
		panic(err)
	}
	mu.Lock()
	key, size = readKey, readSize
	mu.Unlock()
	return true
}

// @ op Get
func Get() (uint64, uint64) {
	mu.Lock()
	defer mu.Unlock()
	return key, uint64(size)
}

// @ recovery
func Recover() {}
