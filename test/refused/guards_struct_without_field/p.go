// Package table guards one struct by its name, and reads another without a lock.
package table

import "sync"

//@ refines Table over Memory

type counts struct{ puts, takes uint64 }

// @ mu guards first, spec.puts
// @   invariant first.puts == spec.puts
var mu sync.Mutex

var first, firstborn counts

//@ op Put
func Put() {
	mu.Lock()
	defer mu.Unlock()
	first.puts++
	firstborn.takes++
}

//@ op Puts
func Puts() uint64 {
	return first.puts
}
