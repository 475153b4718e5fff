package p

//@ refines Loops over Memory

// @ recovery
func Recover() {}

// @ op OneTooFar
func OneTooFar(n uint64) uint64 {
	s := make([]uint64, n)
	for i := 0; i <= len(s); i++ {
		s[i] = 1
	}
	return 0
}

// @ op FromLength
func FromLength(n uint64) uint64 {
	s := make([]uint64, n)
	for i := len(s); i >= 0; i-- {
		s[i] = 1
	}
	return 0
}

// @ op StepsOverEnd
func StepsOverEnd(n uint64) uint64 {
	for i := uint64(0); i != n; i += 2 {
	}
	return 0
}

// @ op StaysAtMiddle
func StaysAtMiddle(x, n uint64) uint64 {
	s := make([]uint64, n)
	low, high := 0, len(s)
	for low < high {
		middle := low + (high-low)/2
		if s[middle] < x {
			low = middle
		} else {
			high = middle
		}
	}
	return 0
}

// @ op Refills
func Refills(n uint64) uint64 {
	q := make([]uint64, n)
	for len(q) > 0 {
		q = append(q[1:], 1)
	}
	return 0
}

// @ op InnerChanges
func InnerChanges(n uint64) uint64 {
	total := uint64(0)
	for i := uint64(0); i < n; i++ {
		for j := uint64(0); j < n; j++ {
			total = 1
		}
		//@ assert total == 0
		n -= total
	}
	return 0
}

// @ op OuterChangesLater
func OuterChangesLater(n uint64) uint64 {
	x := uint64(0)
	for i := uint64(0); i < n; i++ {
		for j := uint64(0); j < n; j++ {
			//@ assert x == 0
			_ = x
		}
		x = 1
	}
	return 0
}

// @ op OuterContinues
func OuterContinues(n uint64) uint64 {
	x := uint64(0)
outer:
	for i := uint64(0); i < n; i++ {
		for j := uint64(0); j < n; j++ {
			//@ assert x == 0
			if j == 3+x {
				x = 1
				continue outer
			}
		}
	}
	return 0
}

// @ op ClosureShrinks
func ClosureShrinks(n uint64) uint64 {
	s := make([]uint64, n)
	shrink := func() { s = s[:0] }
	for i := 0; i < len(s); i++ {
		shrink()
		s[i] = 1
	}
	return 0
}

// @ op ElementsChange
func ElementsChange(n uint64) uint64 {
	if n == 0 {
		return 0
	}
	s := make([]uint64, n)
	for i := 0; i < len(s); i++ {
		//@ assert s[0] == 0
		s[i] = 1
	}
	return 0
}
