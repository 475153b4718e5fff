// Package text tests strings, bytes and runes.
package text

func testLengthCountsBytes() bool {
	s := "héllo"
	return len(s) == 6 && len("") == 0 && len("日本") == 6 && len("\x00\xff") == 2
}

func testIndexGivesBytes() bool {
	s := "aé"
	i := 1
	return s[0] == 'a' && s[i] == 0xc3 && s[i+1] == 0xa9
}

func testConcatenation() bool {
	a, b := "foo", "bar"
	c := a + b
	a += "d"
	return c == "foobar" && a == "food" && ""+b == b && len(c) == 6
}

func testSlicing() bool {
	s := "hello"
	return s[1:3] == "el" && s[:2] == "he" && s[3:] == "lo" && s[:] == s && s[2:2] == "" && s[5:] == ""
}

func testSlicingInsideRune() bool {
	s := "é"
	return s[:1] == "\xc3" && s[1:] == "\xa9" && s[:1]+s[1:] == s
}

func testStringsAreValues() bool {
	a := "abc"
	b := a
	a = "x" + a[1:]
	return b == "abc" && a == "xbc"
}

func testRangeByRune() bool {
	var indices, runes []int
	for i, r := range "aé日😀" {
		indices = append(indices, i)
		runes = append(runes, int(r))
	}
	return len(runes) == 4 && indices[1] == 1 && indices[2] == 3 && indices[3] == 6 &&
		runes[0] == 97 && runes[1] == 233 && runes[2] == 26085 && runes[3] == 128512
}

func testRangeOverInvalid() bool {
	sum, count := 0, 0
	for i, r := range "a\xffb\xc3" {
		if r == 0xfffd {
			sum += i
		}
		count++
	}
	return count == 4 && sum == 4
}

func testRangeOverTruncated() bool {
	count := 0
	for _, r := range "\xe6\x97" {
		if r != '\ufffd' {
			return false
		}
		count++
	}
	return count == 2
}

func testRangeOverSurrogateAndOverlong() bool {
	count := 0
	for _, r := range "\xed\xa0\x80\xc0\x80" {
		if r != 0xfffd {
			return false
		}
		count++
	}
	return count == 5
}

func testRangeOverRealReplacementCharacter() bool {
	width := 0
	for i := range "\ufffdx" {
		width = i
	}
	return width == 3
}

func testToBytesCopies() bool {
	s := "abc"
	b := []byte(s)
	b[0] = 'x'
	return s == "abc" && string(b) == "xbc" && len(b) == 3
}

func testFromBytesCopies() bool {
	b := []byte{'a', 'b'}
	s := string(b)
	b[0] = 'z'
	return s == "ab" && string(b[:1]) == "z"
}

func testToRunes() bool {
	r := []rune("aé\xff")
	return len(r) == 3 && r[1] == 233 && r[2] == 0xfffd
}

func testFromRunes() bool {
	return string([]rune{97, 233, 0x65e5}) == "aé日" && string([]rune{-1, 0xd800, 0x110000}) == "\ufffd\ufffd\ufffd"
}

func testFromRune() bool {
	r := 'é'
	return string(r) == "é" && string(rune(65)) == "A" && string(rune(-5)) == "\ufffd"
}

func testAppendStringToBytes() bool {
	b := []byte("ab")
	b = append(b, "cd"...)
	n := copy(b[1:], "xyz")
	return n == 3 && string(b) == "axyz"
}

func testEscapes() bool {
	s := "\a\b\f\n\r\t\v\\\"\x41\101\u00e9\U0001f600"
	return len(s) == 9+1+1+2+4 && s[0] == 7 && s[9] == 'A' && s[10] == 'A' && s[11:13] == "é"
}

func testRawStrings() bool {
	s := `a\n"b
c`
	return len(s) == 7 && s[1] == '\\' && s[5] == '\n'
}

func testOrderIsByBytes() bool {
	a, b, c := "Z", "a", "aa"
	return a < b && b < c && c > b && "" < a && !(b < b) && b <= b
}

func testComparedWithBuilt() bool {
	s := ""
	for i := range 3 {
		s += string(rune('a' + i))
	}
	return s == "abc" && s != "abd" && s < "abd"
}

func testSwitchOnString() bool {
	n := 0
	for _, s := range []string{"x", "yy", ""} {
		switch s {
		case "x":
			n += 1
		case "":
			n += 10
		default:
			n += 100 * len(s)
		}
	}
	return n == 211
}

func testCountByte() bool {
	s := "banana"
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] == 'a' {
			n++
		}
	}
	return n == 3
}

func testReverseBytes() bool {
	b := []byte("stop")
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b) == "pots"
}

func testDigits() bool {
	s := "4096"
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n == 4096
}

func decimal(n uint64) string {
	if n == 0 {
		return "0"
	}
	s := ""
	for n > 0 {
		s = string(rune('0'+n%10)) + s
		n /= 10
	}
	return s
}

func testDecimal() bool {
	return decimal(0) == "0" && decimal(1<<63) == "9223372036854775808"
}

func testEmptyStringIsNoNil() bool {
	b := []byte("")
	var none []byte
	return string(none) == "" && b != nil && len(b) == 0 && string(none) == string(b)
}

type name string

func (n name) short() name { return n[:1] + "." }

func testNamedString() bool {
	n := name("Ada")
	return n.short() == "A." && string(n) == "Ada" && n+" L" == "Ada L" && name([]byte{66}) == "B"
}

func testByteArithmetic() bool {
	b := "z"[0]
	b += 200
	return b == 66 && "abc"[1]-'a' == 1
}

func testStringsInStructs() bool {
	type entry struct {
		key   string
		value int
	}
	a, b := entry{"a", 1}, entry{"a", 1}
	b.key += ""
	same := a == b
	b.key += "b"
	return same && a != b && b.key == "ab"
}

func testRangeEndsAndContinues() bool {
	at, sum := 0, 0
	for i, r := range "aé\xf0\x9f\x98z日" {
		if r == 'é' {
			continue
		}
		if r == '日' {
			break
		}
		at, sum = i, sum+int(r)
	}
	return at == 6 && sum == 97+3*0xfffd+'z'
}

func testRangeOverBoundariesOfEncodings() bool {
	count := 0
	for _, r := range "\x7f\u0080\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U0010ffff" {
		switch r {
		case 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff:
			count++
		}
	}
	return count == 9
}

func testRangeOverInvalidBoundaries() bool {
	for _, s := range []string{"\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe6\x97\x7f", "\xf0\x9f\x98"} {
		count := 0
		for _, r := range s {
			if r == 0xfffd {
				count++
			}
		}
		if s == "\xe6\x97\x7f" {
			count++
		}
		if count != len(s) {
			return false
		}
	}
	return true
}

func testRangeStringIsReadOnce() bool {
	s := "ab"
	n := 0
	for range s {
		s += "c"
		n++
	}
	return n == 2 && s == "abcc"
}

func testFromIntegers() bool {
	var big uint64 = 1<<63 + 65
	var small int8 = -1
	var wide int64 = 1<<32 + 65
	return string(rune(big)) == "A" && string(rune(small)) == "\ufffd" && string(rune(wide)) == "A" &&
		string(rune(0xd7ff)) == "\xed\x9f\xbf" && string(rune(0xdfff)) == "\xef\xbf\xbd" && string(rune(0x10ffff)) == "\xf4\x8f\xbf\xbf"
}

func testRunesRoundTrip() bool {
	s := "aé日😀"
	r := []rune(s)
	r[0], r[3] = r[3], r[0]
	return string(r) == "😀é日a" && string([]rune(s)) == s && len([]rune("")) == 0 && []rune("") != nil
}

func testRunesAreACopy() bool {
	type runes []rune
	r := runes("ab")
	s := string(r)
	r[0] = 'x'
	return s == "ab" && string(r) == "xb" && string(r[1:]) == "b"
}

func testOrderOfPrefixes() bool {
	a, b := "ab", "abc"
	return a < b && !(b < a) && a <= b && b >= a && !(a >= b) && !(a > a) && "\xff" > "z" && "" <= "" && !("" < "")
}

func testOrderWithoutKnowing() bool {
	return before("a", "b") && !before("b", "a") && !before("b", "b")
}

func before(a, b string) bool {
	if a < b {
		return !(b < a) && a != b && a <= b && b > a
	}
	return false
}

func testMinMaxOfVariables() bool {
	a, b, c := "m", "ma", "l"
	return min(a, b, c) == "l" && max(a, b, c) == "ma" && min(a, "") == ""
}
