// Package a begins with what b has, which Go initialises before.
package a

import "armada/test/vcgen/proved/imported_start/b"

var first = b.Next()

func init() { second = first*10 + b.Next() }

var second = uint64(7)

// Second gives what init has made.
func Second() uint64 { return second }
