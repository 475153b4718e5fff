package p

//@ refines MapLoopChanges over Memory

// Made may come to the new entries.
//
// @ op Made
func Made() bool {
	m := map[uint64]bool{1: true, 2: true}
	rounds := 0
	for k := range m {
		if k < 10 {
			m[k+10] = true
		}
		rounds++
	}
	return rounds == 2
}

// Deleted may not come to the others.
//
// @ op Deleted
func Deleted() bool {
	m := map[uint64]bool{1: true, 2: true}
	rounds := 0
	for k := range m {
		delete(m, k+1)
		rounds++
	}
	return rounds == 2
}

// Left does not come to all.
//
// @ op Left
func Left(k uint64) bool {
	m := map[uint64]bool{}
	m[k] = true
	m[1] = true
	found := false
	//@ invariant found == visited[k]
	for each := range m {
		if each == k {
			found = true
			break
		}
		if each == 1 {
			break
		}
	}
	return found
}

// Gone says of what was deleted and made again that the loop came to it.
//
// @ op Gone
func Gone(k uint64) bool {
	m := map[uint64]bool{}
	m[k] = true
	m[k+1] = true
	//@ invariant !visited[k+1] || visited[k]
	for each := range m {
		delete(m, k)
		m[k] = each > 0
	}
	return true
}
