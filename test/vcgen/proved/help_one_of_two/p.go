// Package p has two operations that recovery may have to finish.
package p

import (
	"sync"

	"armada/machine/twodisk"
)

//@ refines M over TwoDisk(1)

// @ mu guards disk1[0], disk2[0], spec.value
// @   invariant (ok1 ==> disk1[0] == spec.value) && (ok2 ==> disk2[0] == spec.value)
var mu sync.Mutex

//@ crash invariant ok1 ==> disk1[0] == spec.value || (exists j :: j => Set(disk1[0])) || (exists j :: j => Assign(disk1[0]))
//@ crash invariant ok2 ==> disk2[0] == spec.value || (exists j :: j => Set(disk2[0])) || (exists j :: j => Assign(disk2[0]))

// @ op Set
func Set(v twodisk.Block) {
	mu.Lock()
	twodisk.Write1(0, v)
	twodisk.Write2(0, v)
	mu.Unlock()
}

// @ op Assign
func Assign(v twodisk.Block) {
	mu.Lock()
	twodisk.Write1(0, v)
	twodisk.Write2(0, v)
	mu.Unlock()
}

// @ recovery
func Recover() {
	if v, ok := twodisk.Read1(0); ok {
		twodisk.Write2(0, v)
	}
}
