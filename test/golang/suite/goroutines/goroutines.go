// Package goroutines tests what goroutines are given, and that others see what they do.
package goroutines

import (
	"sync"
	"sync/atomic"
)

func equal(a, b int) {
	if a != b {
		panic("not equal")
	}
}

type pair struct{ left, right int }

func (p pair) check(left, right int) {
	equal(p.left, left)
	equal(p.right, right)
}

func (p *pair) fill(n int) {
	p.left = n
	p.right = n + 1
	p.check(n, n+1)
}

func next(n *int) int {
	*n++
	return *n
}

func testArgumentsAreEvaluatedNow() bool {
	x := 1
	go equal(x, 1)
	x = 2
	go equal(x, 2)
	return x == 2
}

func testOperandsAreEvaluatedInOrder() bool {
	x := 0
	go equal(next(&x)*10+next(&x), 12)
	return x == 2
}

func testReceiverIsEvaluatedNow() bool {
	p := pair{1, 2}
	go p.check(1, 2)
	p.left = 3
	go p.check(3, 2)
	return p.left == 3
}

func testPointerIsGivenAway() bool {
	p := &pair{1, 2}
	q := *p
	go p.fill(5)
	return q.left == 1
}

func testVariableIsGivenAway() bool {
	x := 1
	x++
	go func() {
		x++
		equal(x, 3)
	}()
	return true
}

func testSliceIsGivenAway() bool {
	s := make([]int, 2, 4)
	s[1] = 7
	n := len(s)
	go func(t []int) {
		t = append(t, 8)
		t[0] = 6
		equal(t[0]+t[1]+t[2], 21)
		equal(len(t), n+1)
	}(s)
	return n == 2
}

func testMapIsGivenAway() bool {
	m := map[int]int{1: 2}
	m[3] = 4
	go func() {
		m[1]++
		delete(m, 3)
		equal(m[1]+len(m), 4)
	}()
	return true
}

func testSharedWhileNobodyWrites() bool {
	s := []int{1, 2, 3}
	sum := 0
	for i := range s {
		go equal(s[i], i+1)
		go func() { equal(s[i], i+1) }()
		sum += s[i]
	}
	return sum == 6
}

func testLoopVariableOfEachRound() bool {
	n := 0
	for i := range 3 {
		j := i * i
		go func() { equal(j, i*i) }()
		n += j
	}
	return n == 5
}

func testFunctionValue() bool {
	add := 3
	f := func(n int) { equal(n+add, 5) }
	go f(2)
	g := equal
	go g(4, 4)
	return add == 3
}

func testDeferInGoroutine() bool {
	go func() {
		n := 1
		defer func() { equal(n, 2) }()
		n++
	}()
	return true
}

func testReturnInGoroutine() bool {
	n := 3
	go func() {
		for i := range 5 {
			if i == n {
				return
			}
			equal(min(i, 2), i)
		}
		equal(0, 1)
	}()
	return n == 3
}

func testGoroutineOfGoroutine() bool {
	n := 4
	go func() {
		m := n + 1
		go equal(m, 5)
		go func() { equal(m+n, 9) }()
	}()
	return n == 4
}

func testOnOneWayOnly() bool {
	n := 4
	if n > 3 {
		m := n
		m++
		go func() {
			m++
			equal(m, 6)
		}()
		return true
	}
	n++
	return n == 0
}

var built sync.Mutex
var total int

func testUnderLock() bool {
	built.Lock()
	before := total
	built.Unlock()
	go func() {
		built.Lock()
		defer built.Unlock()
		total = min(total, 3)
	}()
	return before == 0
}

var flag atomic.Bool
var group sync.WaitGroup

func testWaitForGoroutine() bool {
	group.Add(1)
	go func() {
		defer group.Done()
		flag.Store(true)
	}()
	group.Wait()
	return flag.Load()
}
