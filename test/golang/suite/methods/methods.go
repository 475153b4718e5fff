// Package methods tests methods, method values and method expressions.
package methods

type counter struct{ n, steps uint64 }

func (c *counter) add(by uint64) {
	c.n += by
	c.steps++
}

func (c counter) added(by uint64) counter {
	c.n += by
	return c
}

func (c counter) total() uint64 { return c.n*100 + c.steps }

func (c *counter) self() *counter { return c }

func testPointerReceiverChanges() bool {
	var c counter
	c.add(3)
	c.add(4)
	return c.total() == 702
}

func testValueReceiverCopies() bool {
	c := counter{1, 1}
	d := c.added(5)
	return c.n == 1 && d.n == 6 && d.steps == 1
}

func testAddressIsTaken() bool {
	t := [2]counter{}
	t[1].add(2)
	s := struct{ inner counter }{}
	s.inner.add(3)
	return t[0].n == 0 && t[1].n == 2 && s.inner.total() == 301
}

func testPointerCallsValueMethod() bool {
	c := counter{2, 3}
	p := &c
	c.n = 5
	return p.total() == 503 && p.added(1).n == 6 && c.n == 5
}

func testChain() bool {
	var c counter
	c.self().add(1)
	c.self().self().add(2)
	return c.n == 3 && c.self() == &c
}

func testMethodOnLiteral() bool {
	return counter{4, 5}.total() == 405 && (&counter{1, 2}).total() == 102 && counter{}.added(1).added(2).n == 3
}

type number int8

func (n number) next() number { return n + 1 }

func (n *number) advance() { *n = n.next() }

func testMethodsOfInteger() bool {
	n := number(126)
	n.advance()
	return n == 127 && n.next() == -128 && number(1).next().next() == 3
}

type row [3]uint64

func (r row) sum() uint64 { return r[0] + r[1] + r[2] }

func (r *row) set(i int, v uint64) { r[i] = v }

func testMethodsOfArray() bool {
	var r row
	r.set(1, 5)
	s := r
	s.set(0, 1)
	return r.sum() == 5 && s.sum() == 6
}

type list []int

func (l list) setFirst(v int) { l[0] = v }

func (l *list) push(v int) { *l = append(*l, v) }

func testMethodsOfSlice() bool {
	var l list
	l.push(1)
	l.push(2)
	l.setFirst(7)
	return len(l) == 2 && l[0] == 7 && l[1] == 2
}

type table map[string]int

func (t table) count(k string) { t[k]++ }

func testMethodsOfMap() bool {
	t := table{}
	t.count("a")
	t.count("a")
	return t["a"] == 2 && len(t) == 1
}

type operation func(int) int

func (o operation) twice(n int) int { return o(o(n)) }

func testMethodsOfFunction() bool {
	return operation(func(n int) int { return n * 3 }).twice(2) == 18
}

func testMethodValueBindsCopy() bool {
	c := counter{1, 0}
	f := c.total
	c.n = 2
	return f() == 100 && c.total() == 200
}

func testMethodValueBindsPointer() bool {
	var c counter
	f := c.add
	f(1)
	f(2)
	return c.n == 3 && c.steps == 2
}

func testMethodValueOfPointerToValueMethod() bool {
	c := &counter{1, 0}
	f := c.total
	c.n = 2
	return f() == 100
}

func testMethodValueKeepsOldPointer() bool {
	a, b := counter{}, counter{}
	p := &a
	f := p.add
	p = &b
	f(5)
	p.add(1)
	return a.n == 5 && b.n == 1
}

func testMethodExpression() bool {
	f := counter.total
	g := (*counter).add
	h := (*counter).total
	c := counter{1, 0}
	g(&c, 4)
	return f(c) == 501 && h(&c) == 501
}

func apply(f func(uint64), n uint64) { f(n) }

func testMethodValueAsArgument() bool {
	var c counter
	apply(c.add, 7)
	apply((&c).add, 8)
	return c.n == 15
}

func (counter) constant() int { return 42 }

func (*counter) other() int { return 43 }

func testReceiverWithoutName() bool {
	var p *counter
	return counter{}.constant() == 42 && p.other() == 43
}

func (c *counter) isNil() bool { return c == nil }

func testNilReceiver() bool {
	var p *counter
	return p.isNil() && !(&counter{}).isNil()
}

func (c counter) shadow() uint64 {
	c.n = 100
	{
		c := counter{7, 0}
		c.add(1)
	}
	return c.n
}

func testReceiverIsAVariable() bool {
	c := counter{1, 1}
	return c.shadow() == 100 && c.n == 1
}

func testMethodsInLoop() bool {
	cells := [3]counter{}
	for i := range cells {
		for range i {
			cells[i].add(uint64(i))
		}
	}
	return cells[2] == counter{4, 2} && cells[1].n == 1 && cells[0].steps == 0
}
