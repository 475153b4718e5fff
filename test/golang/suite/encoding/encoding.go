// Package encoding tests integers written to bytes by hand.
package encoding

func put32(b []byte, v uint32) {
	_ = b[3]
	b[0] = byte(v)
	b[1] = byte(v >> 8)
	b[2] = byte(v >> 16)
	b[3] = byte(v >> 24)
}

func get32(b []byte) uint32 {
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func put64(b []byte, v uint64) {
	for i := range 8 {
		b[i] = byte(v >> (8 * i))
	}
}

func get64(b []byte) uint64 {
	v := uint64(0)
	for i := 7; i >= 0; i-- {
		v = v<<8 | uint64(b[i])
	}
	return v
}

func testLittleEndian32() bool {
	b := make([]byte, 4)
	put32(b, 0xdeadbeef)
	return b[0] == 0xef && b[3] == 0xde && get32(b) == 0xdeadbeef
}

func testLittleEndian64() bool {
	b := make([]byte, 8)
	put64(b, 0x0123456789abcdef)
	return b[0] == 0xef && b[7] == 0x01 && get64(b) == 0x0123456789abcdef
}

func testArrayBuffer() bool {
	var b [8]byte
	v := uint64(1<<63 + 258)
	for i := range b {
		b[i] = byte(v)
		v >>= 8
	}
	return b == [8]byte{2, 1, 0, 0, 0, 0, 0, 128} && v == 0
}

func bigEndian(v uint32) [4]byte {
	return [4]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}
}

func testBigEndian() bool {
	b := bigEndian(0x01020384)
	v := uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	return b == [4]byte{1, 2, 3, 0x84} && v == 0x01020384
}

func testShiftBeforeWideningLosesBits() bool {
	b := byte(0x80)
	return uint32(b<<1) == 0 && uint32(b)<<1 == 256
}

func testAppendEncoding() bool {
	var b []byte
	for _, v := range []uint16{0x102, 0xfffe} {
		b = append(b, byte(v>>8), byte(v))
	}
	return len(b) == 4 && b[0] == 1 && b[1] == 2 && b[2] == 255 && b[3] == 254
}

func appendVarint(b []byte, v uint64) []byte {
	for v >= 0x80 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v))
}

func varint(b []byte) (v uint64, n int) {
	for i, c := range b {
		v |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}

func testVarint() bool {
	b := appendVarint(nil, 300)
	c := appendVarint(b, 1)
	v, n := varint(c)
	w, m := varint(c[n:])
	return len(b) == 2 && v == 300 && n == 2 && w == 1 && m == 1
}

func testVarintOfLargest() bool {
	b := appendVarint(nil, 1<<64-1)
	v, n := varint(b)
	return len(b) == 10 && n == 10 && v == 1<<64-1
}

func testZigzag() bool {
	x := int64(-3)
	z := uint64(x<<1) ^ uint64(x>>63)
	y := int64(z>>1) ^ -int64(z&1)
	return z == 5 && y == -3
}

func testSignedField() bool {
	v := int16(-2)
	b := [2]byte{byte(v), byte(v >> 8)}
	w := int16(uint16(b[0]) | uint16(b[1])<<8)
	return b == [2]byte{254, 255} && w == -2
}

func checksum(b []byte) uint32 {
	a, c := uint32(1), uint32(0)
	for _, v := range b {
		a = (a + uint32(v)) % 65521
		c = (c + a) % 65521
	}
	return c<<16 | a
}

func testChecksum() bool {
	return checksum([]byte("abc")) == 0x024d0127
}

func testRecord() bool {
	buffer := make([]byte, 0, 16)
	buffer = append(buffer, 3)
	buffer = append(buffer, "key"...)
	n := int(buffer[0])
	return string(buffer[1:1+n]) == "key" && len(buffer) == 4 && cap(buffer) == 16
}
