// Package recursion tests functions that call themselves, and functions that are known by their contracts.
package recursion

// @ requires n <= 5
// @ ensures n <= 1 ==> result == 1
// @ ensures n == 2 ==> result == 2
// @ ensures n == 3 ==> result == 6
// @ ensures n == 4 ==> result == 24
// @ ensures n == 5 ==> result == 120
// @ decreases n
func factorial(n uint64) uint64 {
	if n <= 1 {
		return 1
	}
	return n * factorial(n-1)
}

func testFactorial() bool {
	return factorial(0) == 1 && factorial(5) == 120
}

// @ requires n <= 6
// @ ensures n <= 1 ==> result == n
// @ ensures (n == 2 ==> result == 1) && (n == 3 ==> result == 2) && (n == 4 ==> result == 3)
// @ ensures (n == 5 ==> result == 5) && (n == 6 ==> result == 8)
// @ decreases n
func fibonacci(n uint64) uint64 {
	if n < 2 {
		return n
	}
	return fibonacci(n-1) + fibonacci(n-2)
}

func testFibonacci() bool {
	return fibonacci(6) == 8 && fibonacci(1) == 1
}

// @ ensures b == 0 ==> result == a
// @ ensures a != 0 && b == a ==> result == a
// @ ensures a == 1 || b == 1 ==> result == 1
// @ decreases b
func gcd(a, b uint8) uint8 {
	if b == 0 {
		return a
	}
	return gcd(b, a%b)
}

func testGcd() bool {
	return gcd(12, 0) == 12 && gcd(35, 1) == 1 && gcd(7, 7) == 7
}

// @ ensures result == (n%2 == 0)
// @ decreases n
func even(n uint64) bool {
	if n == 0 {
		return true
	}
	return odd(n - 1)
}

// @ ensures result == (n%2 == 1)
// @ decreases n
func odd(n uint64) bool {
	if n == 0 {
		return false
	}
	return even(n - 1)
}

func testMutualRecursion() bool {
	return even(10) && !even(7) && odd(9) && !odd(0)
}

// @ requires forall i, j :: i <= j && j < len(s) ==> s[i] <= s[j]
// @ requires low <= high && high <= len(s)
// @ requires forall i :: i < low ==> s[i] < x
// @ requires forall i :: high <= i && i < len(s) ==> x <= s[i]
// @ ensures result <= len(s)
// @ ensures forall i :: i < result ==> s[i] < x
// @ ensures forall i :: result <= i && i < len(s) ==> x <= s[i]
// @ decreases high - low
func search(s []uint64, x, low, high uint64) uint64 {
	if low == high {
		return low
	}
	middle := low + (high-low)/2
	if s[middle] < x {
		return search(s, x, middle+1, high)
	}
	return search(s, x, low, middle)
}

func testBinarySearch() bool {
	s := []uint64{1, 3, 5, 7, 9}
	return search(s, 5, 0, 5) == 2 && search(s, 8, 0, 5) == 4 && search(s, 10, 0, 5) == 5
}

// @ ensures forall i :: i < len(s) ==> s[i] == v
// @ decreases len(s)
func fill(s []uint64, v uint64) {
	if len(s) == 0 {
		return
	}
	s[0] = v
	fill(s[1:], v)
}

func testFillKeepsTheRest() bool {
	s := []uint64{1, 2, 3, 4}
	t := []uint64{5}
	fill(s[1:3], 9)
	return s[0] == 1 && s[1] == 9 && s[2] == 9 && s[3] == 4 && t[0] == 5
}

// @ requires len(s) > 0
// @ ensures forall i :: i < len(s) ==> s[i] <= result
// @ ensures exists i :: i < len(s) && s[i] == result
// @ decreases len(s)
func greatest(s []uint64) uint64 {
	last := s[len(s)-1]
	if len(s) == 1 {
		return last
	}
	return max(greatest(s[:len(s)-1]), last)
}

func testGreatestOfSlice() bool {
	s := []uint64{1, 4, 2, 3}
	return greatest(s) >= 4 && greatest(s[2:]) == 3
}

// @ requires low <= high && high <= len(s)
// @ ensures forall i :: low <= i && i < high ==> s[i] == old(s)[low + high - 1 - i]
// @ ensures forall i :: i < low || high <= i && i < len(s) ==> s[i] == old(s)[i]
// @ decreases high - low
func reverse(s []byte, low, high uint64) {
	if high-low < 2 {
		return
	}
	s[low], s[high-1] = s[high-1], s[low]
	reverse(s, low+1, high-1)
}

func testReverse() bool {
	s := []byte{1, 2, 3, 4}
	reverse(s, 0, 4)
	return s[0] == 4 && s[1] == 3 && s[2] == 2 && s[3] == 1
}

// @ requires n <= 4
// @ ensures len(result) == len(to) + n
// @ ensures len(to) > 0 ==> result[0] == old(to)[0]
// @ ensures n > 0 ==> result[len(result) - 1] == 7
// @ ensures n == 0 && len(to) > 0 ==> result[len(to) - 1] == old(to)[len(to) - 1]
// @ decreases n
func grown(to []int, n uint64) []int {
	if n == 0 {
		return to
	}
	return grown(append(to, 7), n-1)
}

func testAppendInRecursion() bool {
	s := grown([]int{1, 2}, 3)
	return len(s) == 5 && s[0] == 1 && s[4] == 7
}

type point struct {
	x, y uint64
}

// @ requires p != nil && steps <= 100 && p.x <= 200 - steps
// @ ensures p.x == old(p.x) + steps
// @ ensures p.y == old(p.y)
// @ decreases steps
func (p *point) move(steps uint64) {
	if steps == 0 {
		return
	}
	p.x++
	p.move(steps - 1)
}

func testPointerReceiver() bool {
	p, q := point{1, 2}, point{3, 4}
	p.move(5)
	return p == point{6, 2} && q == point{3, 4}
}

// @ requires n >= 0 && n <= 20
// @ ensures result == n
// @ decreases n
func counted(n int) int {
	if n == 0 {
		return 0
	}
	return counted(n-1) + 1
}

func testSignedMeasure() bool {
	return counted(20) == 20
}

// @ requires m <= 3 && n <= 3
// @ ensures result == if m == 0 then n + 1 else 4
// @ decreases m, n
func climbs(m, n uint64) uint64 {
	if m == 0 {
		return n + 1
	}
	if n == 0 {
		return climbs(m-1, 3)
	}
	return climbs(m, n-1)
}

func testLexicographicMeasure() bool {
	return climbs(0, 2) == 3 && climbs(3, 3) == climbs(0, 3)
}

// @ requires m.made
// @ ensures m[k] == some(v)
// @ ensures forall j :: j != k ==> m[j] == old(m)[j]
func put(m map[uint64]uint64, k, v uint64) {
	m[k] = v
}

func testMapByContract() bool {
	m := map[uint64]uint64{1: 2}
	put(m, 3, 4)
	v, ok := m[1]
	return m[3] == 4 && v == 2 && ok
}

// @ ensures quotient == a / b
// @ ensures remainder == a % b
// @ requires b != 0
func divided(a, b uint64) (quotient, remainder uint64) {
	return a / b, a % b
}

func testNamedResultsByContract() bool {
	q, r := divided(17, 5)
	return q == 3 && r == 2
}

// @ ensures result1 == max && result2 == (a > b)
// @ requires a > b && max == a || a <= b && max == b
func larger(a, b, max uint64) (uint64, bool) {
	if a > b {
		return a, true
	}
	return b, false
}

func testUnnamedResultsByContract() bool {
	m, first := larger(3, 9, 9)
	return m == 9 && !first
}

type list struct {
	value uint64
	next  *list
}

// @ ensures l == nil || n == 0 ==> result == 0
// @ ensures l != nil && n != 0 && l.next == nil ==> result == 1
// @ ensures result <= n
// @ decreases n
func length(l *list, n uint64) uint64 {
	if l == nil || n == 0 {
		return 0
	}
	return 1 + length(l.next, n-1)
}

func testListByContract() bool {
	return length(&list{1, nil}, 7) == 1 && length(&list{1, &list{2, nil}}, 1) <= 1 && length(nil, 3) == 0
}

// @ requires l != nil
// @ ensures l.next == nil
func cut(l *list) {
	if l.next != nil {
		l.next.value = 0
	}
	l.next = nil
}

func testListIsCutByContract() bool {
	l := &list{1, &list{2, nil}}
	s := []uint64{3}
	cut(l)
	return l.next == nil && s[0] == 3
}

// @ ensures len(s) > 0 ==> result == s[0]
// @ decreases len(s)
func first[T uint64 | byte](s []T) T {
	if len(s) == 0 {
		return 0
	}
	if len(s) == 1 {
		return s[0]
	}
	return first(s[:1])
}

func testGenericByContract() bool {
	return first([]byte{3, 4}) == 3 && first([]uint64{5}) == 5
}

// @ ensures result == n
// @ ensures deferred
func withDefer(n uint64) (result uint64, deferred bool) {
	defer func() { deferred = true }()
	n, result = 0, n
	return result, false
}

func testParameterIsWhatWasGiven() bool {
	n, deferred := withDefer(4)
	return n == 4 && deferred
}

// @ requires n < 100
// @ ensures len(result) == n
// @ ensures forall i :: i < n ==> result[i] == v
func repeated(n, v uint64) []uint64 {
	var s []uint64
	for i := uint64(0); i < n; i++ {
		//@ invariant len(s) == i && i <= n
		//@ invariant forall j :: j < i ==> s[j] == v
		s = append(s, v)
	}
	return s
}

func testNewSliceOfLoop() bool {
	s := []uint64{1}
	t := repeated(3, 2)
	return len(t) == 3 && t[2] == 2 && s[0] == 1
}

// @ ensures forall i :: i < len(s) ==> s[i] == v
func set(s []uint64, v uint64) {
	for i := range s {
		//@ invariant forall j :: j < uint64(i) ==> s[j] == v
		s[i] = v
	}
}

func testSliceWrittenInLoop() bool {
	s, t := []uint64{1, 2, 3}, []uint64{4}
	set(s[1:2], 7)
	return s[0] == 1 && s[1] == 7 && s[2] == 3 && t[0] == 4
}
