// Package plug registers itself, whatever is used of it.
package plug

import "armada/test/refused/imported_init_of_unused/reg"

var number = registered()

func registered() uint64 {
	reg.Register()
	return 1
}

// Answer has nothing to do with it.
const Answer uint64 = 42
