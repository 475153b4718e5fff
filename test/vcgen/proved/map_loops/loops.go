// Package loops ranges over maps that no entry is made in or deleted from meanwhile.
package loops

//@ refines MapLoops over Memory

// Sums needs no invariant: the rounds are few and known.
//
// @ op Sums
func Sums() bool {
	m := map[int]int{1: 10, 2: 20, 3: 30}
	keys, values, rounds := 0, 0, 0
	for k, v := range m {
		keys += k
		values += v
		rounds++
	}
	return keys == 6 && values == 60 && rounds == 3
}

// @ op Inverse
func Inverse() bool {
	m := map[int]int{1: 10, 2: 20}
	inverse := map[int]int{}
	for k, v := range m {
		inverse[v] = k
	}
	return len(inverse) == 2 && inverse[10] == 1 && inverse[20] == 2
}

func table(n uint64) map[uint64]uint64 {
	m := map[uint64]uint64{}
	for i := uint64(0); i < n; i++ {
		m[i*i] = i
	}
	return m
}

// @ op Copy
func Copy() bool {
	m := table(100)
	c := map[uint64]uint64{}
	//@ invariant forall k uint64 :: c[k] == (if visited[k] then m[k] else none)
	for k, v := range m {
		c[k] = v
	}
	//@ assert forall k uint64 :: c[k] == m[k]
	return true
}

// @ op Find
func Find(k uint64) bool {
	m := table(100)
	_, there := m[k]
	found := false
	//@ invariant found == visited[k]
	for each := range m {
		if each == k {
			found = true
		}
	}
	return found == there
}

// Nested has a name of its own for what the inner loop has come to.
//
// @ op Nested
func Nested() bool {
	m := table(10)
	every := true
	for k := range m {
		found := false
		//@ invariant found == visited[k]
		for other := range m {
			found = found || other == k
		}
		every = every && found
	}
	return every || !every
}

// Replaced changes values, not keys.
//
// @ op Replaced
func Replaced() bool {
	m := map[int]int{1: 10, 2: 20}
	//@ invariant forall k int :: visited[k] ==> m[k] == some(7)
	//@ invariant m[1] != none && m[2] != none
	for k := range m {
		m[k] = 7
	}
	return m[1] == 7 && m[2] == 7
}

// Own has a variable with the name that annotations know: the variable is meant.
//
// @ op Own
func Own() uint64 {
	visited := uint64(0)
	//@ invariant visited < 3
	for range map[int]bool{4: true, 5: true, 6: true} {
		visited++
		if visited == 3 {
			break
		}
	}
	return 3
}
