package p

import (
	"sync"

	"my/editor"
)

//@ refines Scratch over Editor

// @ mu guards text, saved, spec.text
// @   invariant text == spec.text
var mu sync.Mutex

//@ op Type
func Type(v uint64) {
	mu.Lock()
	editor.Type(v)
	editor.Save()
	mu.Unlock()
}

//@ op Text
func Text() uint64 {
	mu.Lock()
	v := editor.Text()
	mu.Unlock()
	return v
}

//@ recovery
func Recover() {}
