// Package reg keeps how many have registered.
package reg

import "sync"

var mu sync.Mutex // @ mu guards count invariant true
var count uint64

// Register counts.
func Register() {
	mu.Lock()
	count++
	mu.Unlock()
}

// Count says how many there are.
func Count() uint64 {
	mu.Lock()
	defer mu.Unlock()
	return count
}
