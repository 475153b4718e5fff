package control

func name(n int) int {
	switch n {
	case 0:
		return 10
	case 1, 2:
		return 11
	case 3:
	default:
		return 12
	}
	return 13
}

func testCases() bool {
	return name(0) == 10 && name(1) == 11 && name(2) == 11 && name(3) == 13 && name(4) == 12 && name(-1) == 12
}

func testDefaultAnywhere() bool {
	n := 0
	switch x := 5; x {
	default:
		n = 1
	case 5:
		n = 2
	}
	return n == 2
}

func testDefaultInTheMiddleFallsThrough() bool {
	n := 0
	switch n {
	case 5:
		n = 1
	default:
		n += 10
		fallthrough
	case 6:
		n += 100
	case 7:
		n += 1000
	}
	return n == 110
}

func testFallthroughDoesNotTestNextCase() bool {
	n := 0
	switch 1 + n {
	case 1:
		n++
		fallthrough
	case 99:
		n += 10
		fallthrough
	case 1000:
		n += 100
	case 1001:
		n += 1000
	}
	return n == 111
}

func testFirstMatchWins() bool {
	n := 3
	switch {
	case n > 2:
		n = 20
	case n > 1:
		n = 10
	}
	return n == 20
}

func testNoMatch() bool {
	n := 3
	switch n {
	case 1, 2:
		n = 0
	}
	return n == 3
}

func testNoCondition() bool {
	n := uint8(200)
	switch {
	case n < 100:
		return false
	case n < 250:
		n++
	default:
		return false
	}
	return n == 201
}

func testTagIsCopied() bool {
	x := 1
	n := 0
	switch x {
	case increment(&x):
		n = 100
	case 1:
		n = x
	}
	return n == 2
}

func increment(p *int) int {
	*p++
	return *p
}

func testNonConstantCases() bool {
	a, b := 4, 5
	n := 0
	switch a + 1 {
	case a:
		n = 1
	case b:
		n = 2
	}
	return n == 2
}

func testBooleanTag() bool {
	ok := 3 > 2
	n := 0
	switch ok {
	case false:
		n = 1
	case true:
		n = 2
	}
	return n == 2
}

func testSwitchTrueFalse() bool {
	n := 7
	switch false {
	case n > 5:
		n = 0
	case n > 10:
		n = 1
	}
	return n == 1
}

type color uint8

const (
	red color = iota
	green
	blue
)

func (c color) next() color {
	switch c {
	case red:
		return green
	case green:
		return blue
	}
	return red
}

func testNamedConstants() bool {
	c := red
	c = c.next().next()
	return c == blue && c.next() == red
}

type point struct{ x, y int }

func testStructTag() bool {
	p := point{1, 2}
	n := 0
	switch p {
	case point{2, 1}:
		n = 1
	case point{1, 2}:
		n = 2
	}
	return n == 2
}

func testStringTag() bool {
	s := "b"
	n := 0
	switch s + "c" {
	case "b", "c":
		n = 1
	case "bc":
		n = 2
	}
	return n == 2
}

func testSwitchWithInitialiserOnly() bool {
	n := 0
	switch x := n + 5; {
	case x == 5:
		n = 1
	}
	return n == 1
}

func testNestedSwitch() bool {
	n := 0
	switch a := 1; a {
	case 1:
		switch b := 2; b {
		case 1:
			n = 1
		case 2:
			n = 2
			break
		}
		n += 10
	case 2:
		n = 100
	}
	return n == 12
}

func testReturnInEveryCase() bool {
	return sign(-5) == -1 && sign(0) == 0 && sign(9) == 1
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n == 0:
		return 0
	default:
		return 1
	}
}
