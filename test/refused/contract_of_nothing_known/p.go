package p

//@ refines C over Memory

// @ decreases n
func down(n uint64) uint64 {
	if n == 0 {
		return 7
	}
	return down(n - 1)
}

// @ op Get
func Get() uint64 { return down(5) }

// @ recovery
func Recover() {}
