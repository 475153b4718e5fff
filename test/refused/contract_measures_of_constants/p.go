package p

//@ refines C over Memory

// The second parts go down from even to odd, and up on the way back.

// @ ensures result == 8
// @ decreases n, 1
func even(n uint64) uint64 { return odd(n) }

// @ ensures result == 8
// @ decreases n, 0
func odd(n uint64) uint64 { return even(n) }

// @ op Get
func Get() uint64 { return even(3) - 1 }

// @ recovery
func Recover() {}
