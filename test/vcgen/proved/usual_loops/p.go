// Package p has the loops that Go programmers write every day. None of them needs an annotation.
package p

//@ refines Loops over Memory

// @ recovery
func Recover() {}

// @ op Slices
func Slices(n uint64) uint64 {
	s := make([]uint64, n)
	for i := 0; i < len(s); i++ {
		s[i] = 1
	}
	for i := uint64(0); i < uint64(len(s)); i++ {
		s[i] = 2
	}
	for i := 0; i != len(s); i++ {
		s[i] = 3
	}
	for i := len(s) - 1; i >= 0; i-- {
		s[i] = 4
	}
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
	rest := s
	for len(rest) > 0 {
		rest[0]++
		rest = rest[1:]
	}
	for len(s) >= 8 {
		s[7] = 5
		s = s[8:]
	}
	for len(s) != 0 {
		s[len(s)-1] = 6
		s = s[:len(s)-1]
	}
	var stack []uint64
	for k := uint64(0); k < n; k++ {
		stack = append(stack, k)
	}
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		n += top
	}
	return 0
}

// @ op Numbers
func Numbers(x, n uint64) uint64 {
	s := make([]uint64, n)
	i := 0
	for i < len(s) && s[i] != x {
		i++
	}
	k := uint64(0)
	for k < n {
		if s[k] == x {
			break
		}
		k += 1
	}
	j := n
	for j > 0 && s[j-1] != x {
		j--
	}
	low, high := 0, len(s)
	for low < high {
		middle := low + (high-low)/2
		if s[middle] < x {
			low = middle + 1
		} else {
			high = middle
		}
	}
	name := "abcdef"
	for at := 0; at < len(name); at++ {
		if name[at] == byte(x) {
			break
		}
	}
	for x > 0 {
		x /= 2
	}
	a, b := n, x
	for b != 0 {
		a, b = b, a%b
	}
	left := n
	for left > 0 {
		left -= min(left, 16)
	}
	return 0
}

// @ op Nested
func Nested(n uint64) uint64 {
	s := make([]uint64, n)
	for begin := 0; begin < len(s); begin += 16 {
		end := min(begin+16, len(s))
		for _, x := range s[begin:end] {
			n += x
		}
	}
	for i := 0; i < len(s); i++ {
		for j := i; j > 0 && s[j-1] > s[j]; j-- {
			s[j-1], s[j] = s[j], s[j-1]
		}
	}
	return 0
}
