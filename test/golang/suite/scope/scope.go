// Package scope tests which declaration a name refers to.
package scope

func testBlockHides() bool {
	x := 1
	{
		x := 2
		x++
	}
	return x == 1
}

func testBlockChangesOuter() bool {
	x := 1
	{
		x = 2
		x := 10
		x++
	}
	return x == 2
}

func testDeclarationRefersToOuter() bool {
	x := 3
	n := 0
	{
		x := x * 2
		n = x
	}
	return x == 3 && n == 6
}

func testIfInitialiserHides() bool {
	x := 1
	if x := 5; x > 3 {
		x = 9
	} else {
		x = 8
	}
	return x == 1
}

func testInitialiserVisibleInElse() bool {
	n := 0
	if x := 4; x > 5 {
		n = 1
	} else if y := x + 1; y > 5 {
		n = 2
	} else {
		n = x*10 + y
	}
	return n == 45
}

func testLoopVariableHides() bool {
	i := 100
	sum := 0
	for i := 0; i < 3; i++ {
		sum += i
	}
	return i == 100 && sum == 3
}

func testLoopAssignsOuter() bool {
	i := 100
	for i = 0; i < 3; i++ {
	}
	return i == 3
}

func testRangeAssignsOuter() bool {
	var i, v int
	for i, v = range [3]int{7, 8, 9} {
	}
	return i == 2 && v == 9
}

func testBodyHidesLoopVariable() bool {
	rounds := 0
	for i := 0; i < 3; i++ {
		i := i * 10
		i++
		rounds++
	}
	return rounds == 3
}

func testSwitchInitialiserHides() bool {
	x := 1
	n := 0
	switch x := 7; x {
	case 7:
		x := x + 1
		n = x
	}
	return x == 1 && n == 8
}

func testCasesAreScopes() bool {
	n := 0
	switch {
	case n == 0:
		x := 3
		n = x
		fallthrough
	case n == 99:
		x := 4
		n += x
	}
	return n == 7
}

var shared = uint64(5)

func testParameterHidesPackageVariable() bool {
	return withShared(2) == 12
}

func withShared(shared uint64) uint64 { return shared + 10 }

func testPredeclaredNamesCanBeHidden() bool {
	len := func(x int) int { return x + 1 }
	true := false
	int64 := 4
	return len(int64) == 5 && !true
}

type number int

func testTypeAndVariableOfOneName() bool {
	number := number(3)
	number++
	return number == 4
}

func testLocalTypeHides() bool {
	type number struct{ n uint8 }
	x := number{255}
	x.n++
	return x.n == 0
}

func testLocalConstantHides() bool {
	const shared = 7
	x := shared
	return x == 7
}

func testResultNameIsVariable() bool {
	return doubled(4) == 8
}

func doubled(x int) (y int) {
	y = x
	{
		y := 100
		y++
	}
	y += x
	return
}

func testReceiverNameHides() bool {
	return number(4).plus(3) == 7
}

func (shared number) plus(n number) number { return shared + n }
