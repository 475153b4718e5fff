package machine

import (
	"bytes"
	"encoding/binary"
	"testing"
)

func TestNumbers(t *testing.T) {
	for _, n := range []uint64{0, 1, 255, 256, 0x0123456789abcdef, 1<<64 - 1} {
		p := make([]byte, 9)
		UInt64Put(p, n)
		if got := UInt64Get(p); got != n || p[0] != byte(n) || p[7] != byte(n>>56) {
			t.Errorf("%d is stored as %v and read as %d", n, p, got)
		}
		if !bytes.Equal(UInt64Encode(n), p[:8]) {
			t.Errorf("UInt64Encode(%d) is %v", n, UInt64Encode(n))
		}
		UInt32Put(p, uint32(n))
		if got := UInt32Get(p); got != uint32(n) || binary.LittleEndian.Uint32(p) != got {
			t.Errorf("%d is stored as %v and read as %d", uint32(n), p, got)
		}
	}
}

func panics(run func()) (did bool) {
	defer func() { did = recover() != nil }()
	run()
	return false
}

func TestPanics(t *testing.T) {
	short := make([]byte, 3)
	for name, run := range map[string]func(){
		"UInt64Get": func() { UInt64Get(short) },
		"UInt64Put": func() { UInt64Put(short, 1) },
		"UInt32Get": func() { UInt32Get(short) },
		"UInt32Put": func() { UInt32Put(short, 1) },
		"Assert":    func() { Assert(false) },
		"Assume":    func() { Assume(false) },
	} {
		if !panics(run) {
			t.Errorf("%s does not panic", name)
		}
	}
	if !bytes.Equal(short, make([]byte, 3)) {
		t.Errorf("a number was stored in part: %v", short)
	}
	if panics(func() { Assert(true); Assume(true); Linearize() }) {
		t.Error("what holds panics")
	}
}

func TestRandomUint64(t *testing.T) {
	if RandomUint64() == RandomUint64() {
		t.Error("the same random number twice")
	}
}
