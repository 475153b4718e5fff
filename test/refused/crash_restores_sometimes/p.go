package p

import (
	"sync"

	"my/editor"
)

//@ refines Kept over Editor

// @ mu guards text, saved, isSaved, spec.text
// @   invariant text == spec.text
var mu sync.Mutex

//@ crash invariant saved == spec.text

//@ op Type
func Type(v uint64) {
	mu.Lock()
	editor.Save(v)
	mu.Unlock()
}

//@ op Text
func Text() uint64 {
	mu.Lock()
	v := editor.Text()
	mu.Unlock()
	return v
}

//@ init
func Init() {
	editor.Save(0)
}

//@ recovery
func Recover() {}
