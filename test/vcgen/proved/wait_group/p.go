package p

import "sync"

//@ refines Tasks over Memory

// @ invariant tasks.count == spec.count
var tasks sync.WaitGroup

// @ op Fork
func Fork() {
	tasks.Add(1)
}

// @ op End
func End() {
	defer tasks.Done()
}

// @ op Await
func Await() {
	tasks.Wait()
}

// @ recovery
func Recover() {}

// @ boot
func Open() {
	tasks.Add(1)
}
