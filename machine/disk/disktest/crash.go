// Package disktest lets tests crash the code above a disk at any of its accesses.
package disktest

import (
	"sync/atomic"

	"armada/machine/disk"
)

// crash is what an access panics with from the moment of the crash on.
type crash struct{}

// Power is the power supply of any number of disks. It fails after a number of accesses.
type Power struct {
	left atomic.Int64
}

// FailAfter returns a supply that lasts for so many more accesses: the next one, and all that follow, crash
// before they do anything.
func FailAfter(accesses int64) *Power {
	p := &Power{}
	p.left.Store(accesses)
	return p
}

// Disk returns d connected to the supply.
func (p *Power) Disk(d disk.Disk) disk.Disk {
	return &poweredDisk{Disk: d, power: p}
}

// Use is one access of something that is connected to the supply.
func (p *Power) Use() {
	if p.left.Add(-1) < 0 {
		panic(crash{})
	}
}

// Run calls f and tells whether a crash ended it. Locks that f held stay as they are: whoever simulates the
// restart makes new ones.
func Run(f func()) (crashed bool) {
	defer func() {
		if reason := recover(); reason != nil {
			if _, ok := reason.(crash); !ok {
				panic(reason)
			}
			crashed = true
		}
	}()
	f()
	return false
}

type poweredDisk struct {
	disk.Disk
	power *Power
}

func (d *poweredDisk) ReadBlock(a uint64) (disk.Block, error) {
	d.power.Use()
	return d.Disk.ReadBlock(a)
}

func (d *poweredDisk) WriteBlock(a uint64, v disk.Block) error {
	d.power.Use()
	return d.Disk.WriteBlock(a, v)
}
