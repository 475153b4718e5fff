package library

import (
	"bytes"
	"cmp"
	"strings"
)

func testBytesEqual() bool {
	a := []byte{1, 2, 3}
	return bytes.Equal(a, []byte("\x01\x02\x03")) && !bytes.Equal(a, a[:2]) && bytes.Equal(nil, a[:0])
}

func testBytesCompare() bool {
	return bytes.Compare([]byte("ab"), []byte("b")) == -1 && bytes.Compare(nil, nil) == 0 &&
		bytes.Compare([]byte("ab"), []byte("a")) == 1
}

func testBytesPrefix() bool {
	line := []byte("key=value")
	return bytes.HasPrefix(line, []byte("key")) && !bytes.HasPrefix(line[:2], []byte("key")) &&
		bytes.HasSuffix(line, []byte("value")) && string(bytes.TrimPrefix(line, []byte("key="))) == "value" &&
		len(bytes.TrimSuffix(line, []byte("x"))) == 9
}

func testBytesClone() bool {
	a := []byte{1, 2}
	b := bytes.Clone(a)
	b[0] = 7
	return a[0] == 1 && b[1] == 2 && len(b) == 2 && bytes.Clone(nil) == nil && bytes.Clone(a[:0]) != nil
}

func testBytesIndex() bool {
	a := []byte("abcbc")
	return bytes.IndexByte(a, 'c') == 2 && bytes.IndexByte(a, 'x') == -1 && bytes.Index(a, []byte("bc")) == 1 &&
		bytes.Contains(a, []byte("cb")) && !bytes.Contains(a, []byte("cc")) && bytes.Index(nil, nil) == 0
}

func testStringsPrefix() bool {
	return strings.HasPrefix("log.1", "log.") && !strings.HasPrefix("lo", "log") && strings.HasSuffix("log.1", ".1") &&
		strings.TrimPrefix("log.1", "log.") == "1" && strings.TrimSuffix("log.1", ".1") == "log"
}

func testStringsCut() bool {
	after, found := strings.CutPrefix("log.1", "log.")
	before, missing := strings.CutSuffix("log.1", ".2")
	return after == "1" && found && before == "log.1" && !missing
}

func testStringsIndex() bool {
	return strings.Index("chicken", "ken") == 4 && strings.IndexByte("chicken", 'k') == 4 &&
		strings.Contains("chicken", "") && !strings.Contains("", "x") && strings.Compare("a", "b") == -1
}

func testCmp() bool {
	return cmp.Compare(uint8(3), 3) == 0 && cmp.Compare("a", "b") == -1 && cmp.Less(-1, 0) && !cmp.Less("b", "b")
}
