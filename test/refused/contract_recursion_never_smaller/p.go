package p

//@ refines C over Memory

// @ ensures result == 7
// @ decreases n
func ping(n uint64) uint64 {
	if n == 0 {
		return 7
	}
	return pong(n)
}

// @ ensures result == 7
// @ decreases n
func pong(n uint64) uint64 { return ping(n) }

// @ op Get
func Get(n uint64) uint64 { return ping(n) }

// @ recovery
func Recover() {}
