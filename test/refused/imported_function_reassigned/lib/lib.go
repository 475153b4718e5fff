package lib

func one() uint64 { return 1 }
func two() uint64 { return 2 }

func Pick(a bool) uint64 {
	f := one
	if a {
		f = two
	}
	return f()
}
