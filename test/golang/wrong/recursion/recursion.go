// Package recursion has functions that call themselves, or are known by contracts, and do not return true.
package recursion

// @ requires n <= 3
// @ ensures n == 0 ==> result == 1
// @ ensures n == 3 ==> result == 6
// @ decreases n
func factorial(n uint64) uint64 {
	if n == 0 {
		return 1
	}
	return n + factorial(n-1)
}

func testFactorialThatAdds() bool {
	return factorial(3) == 6 && factorial(2) == 2
}

// @ ensures forall i :: i < len(s) ==> s[i] == old(s)[i]
func changed(s []uint64) {
	if len(s) > 0 {
		s[0]++
	}
}

func testChangedByCallee() bool {
	s := []uint64{1}
	changed(s)
	return s[0] == 1
}

// @ ensures len(result) == len(s) + 1
// @ ensures result[len(s)] == 9
func added(s []uint64) []uint64 {
	return append(s, 9)
}

func testAppendedBehindTheEnd() bool {
	s := []uint64{1, 2}
	added(s[:1])
	return s[1] == 2
}

func behind(s []uint64) {
	if cap(s) > 1 {
		t := s[:2]
		t[1] = 9
	}
}

// @ decreases n
func behindIn(n uint64, s []uint64) {
	if n == 0 {
		behind(s)
		return
	}
	behindIn(n-1, s)
}

func testWrittenBehindTheEnd() bool {
	s := []uint64{1, 2}
	behindIn(1, s[:1])
	return s[1] == 2
}

// @ ensures t[0] == 2
// @ ensures s[0] == old(s)[0]
// @ requires len(s) > 0 && len(t) > 0
func both(s, t []uint64) {
	t[0] = 2
}

func testTwoNamesForOneSlice() bool {
	s := []uint64{1}
	both(s, s)
	return s[0] == 1
}

// @ ensures result == s[0]
// @ requires len(s) > 0
func same(s []uint64) uint64 {
	return s[0]
}

// @ ensures len(result) == len(s)
func kept(s []uint64) []uint64 {
	return s
}

func testResultThatIsTheParameter() bool {
	s := []uint64{1}
	t := kept(s)
	t[0] = 2
	return same(s) == 1
}

// @ ensures result
// @ decreases n
func wraps(n uint8) bool {
	if n == 3 {
		return false
	}
	return wraps(n - 1)
}

func testMeasureThatWraps() bool {
	return wraps(2)
}

// @ requires n > 3
// @ ensures result
func large(n uint64) bool {
	return n > 3
}

func testRequirementNotMet() bool {
	return large(3)
}

type cell struct{ v uint64 }

// @ ensures p.v == 4
// @ ensures q.v == old(q.v)
func set(p, q *cell) {
	p.v = 4
}

func testOneCellTwice() bool {
	c := cell{1}
	set(&c, &c)
	return c.v == 1
}

type list struct {
	value uint64
	next  *list
}

// @ requires l != nil
// @ ensures l.value == old(l.value) + 1
// @ ensures l.next == nil
func cut(l *list) {
	if l.next != nil {
		l.next.value = 0
	}
	l.value, l.next = l.value+1, nil
}

func testCutOfCycle() bool {
	l := &list{value: 1}
	l.next = l
	cut(l)
	return l.value == 2
}

// @ requires m.made
// @ ensures forall j :: m[j] == old(m)[j]
func forgotten(m map[uint64]bool, k uint64) {
	delete(m, k)
}

func testDeletedByCallee() bool {
	m := map[uint64]bool{1: true}
	forgotten(m, 1)
	return m[1]
}

// @ ensures len(result) == n
// @ ensures forall i :: i < n ==> result[i] == 0
// @ requires n < 10
// @ decreases n
func zeros(n uint64) []uint64 {
	if n == 0 {
		return []uint64{}
	}
	return append(zeros(n-1), n)
}

func testNewSlice() bool {
	s := zeros(2)
	return s[1] == 0
}

// @ requires len(s) > 0
// @ ensures forall i :: i < result ==> s[i] != x
// @ ensures result < len(s) ==> s[result] == x
// @ ensures result <= len(s)
// @ decreases len(s) - from
func find(s []uint64, x, from uint64) uint64 {
	if from >= uint64(len(s)) || s[from] == x {
		return from
	}
	return find(s, x, from+1)
}

func testFindFromBehindTheFirst() bool {
	return find([]uint64{5, 5}, 5, 1) == 0
}
