package twodisk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"armada/machine/disk"
)

// OpenFiles returns a pair of disks of size blocks that are kept in two files, created with zero blocks where missing.
//
// A failed disk misses the writes that follow, so it must never be used again. The surviving disk remembers: next to
// its file stands another whose name ends in ".other-failed". Removing it is right only after the blocks of the
// surviving disk have been copied to the replacement of the failed one.
func OpenFiles(path1, path2 string, size uint64) (*Pair, error) {
	disk1, err := disk.OpenFile(path1, size)
	if err != nil {
		return nil, err
	}
	disk2, err := disk.OpenFile(path2, size)
	if err != nil {
		return nil, errors.Join(err, disk1.Close())
	}
	p := New(disk1, disk2)
	markers := [2]string{marker(path2), marker(path1)}
	p.record = func(failed int) error { return mark(markers[failed]) }
	for which, path := range markers {
		failed, err := exists(path)
		if err != nil {
			return nil, errors.Join(err, p.Close())
		}
		p.ok[which] = !failed
	}
	if !p.ok[0] && !p.ok[1] {
		return nil, errors.Join(fmt.Errorf("twodisk: %s and %s have both failed", path1, path2), p.Close())
	}
	return p, nil
}

// marker is the file with which the disk at path remembers that the other one has failed.
func marker(path string) string {
	return path + ".other-failed"
}

func exists(path string) (bool, error) {
	_, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// mark creates a marker that survives a crash.
func mark(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	directory, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(directory.Sync(), directory.Close())
}
