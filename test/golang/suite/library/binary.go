package library

import "encoding/binary"

func testLittleEndianPut() bool {
	b := make([]byte, 9)
	b[8] = 42
	binary.LittleEndian.PutUint64(b, 0x0123456789abcdef)
	binary.LittleEndian.PutUint16(b[6:], 0xfedc)
	return b[0] == 0xef && b[5] == 0x45 && b[6] == 0xdc && b[7] == 0xfe && b[8] == 42
}

func testBigEndianPut() bool {
	b := make([]byte, 9)
	b[8] = 42
	binary.BigEndian.PutUint64(b, 0x0123456789abcdef)
	binary.BigEndian.PutUint16(b[6:], 0xfedc)
	return b[0] == 0x01 && b[5] == 0xab && b[6] == 0xfe && b[7] == 0xdc && b[8] == 42
}

func testEndianGet() bool {
	b := []byte{1, 2, 3, 4, 5, 6, 7, 0x88, 9}
	return binary.LittleEndian.Uint64(b) == 0x8807060504030201 &&
		binary.BigEndian.Uint64(b) == 0x0102030405060788 &&
		binary.LittleEndian.Uint32(b[1:]) == 0x05040302 &&
		binary.BigEndian.Uint32(b[1:]) == 0x02030405 &&
		binary.LittleEndian.Uint16(b[7:]) == 0x0988 &&
		binary.BigEndian.Uint16(b[7:]) == 0x8809
}

func testEndianAppend() bool {
	b := binary.LittleEndian.AppendUint16(nil, 0x0102)
	b = binary.BigEndian.AppendUint16(b, 0x0102)
	b = binary.LittleEndian.AppendUint32(b, 0x01020304)
	b = binary.BigEndian.AppendUint32(b, 0x01020304)
	return len(b) == 12 && b[0] == 2 && b[2] == 1 && b[4] == 4 && b[7] == 1 && b[8] == 1 && b[11] == 4
}

func testEndianAppend64() bool {
	little := binary.LittleEndian.AppendUint64([]byte{9}, 0x0102030405060708)
	big := binary.BigEndian.AppendUint64(little[:1], 0x0102030405060708)
	return len(little) == 9 && len(big) == 9 && big[0] == 9 && big[1] == 1 && big[8] == 8
}

func testEndianAppendInPlace() bool {
	room := make([]byte, 4, 8)
	longer := binary.LittleEndian.AppendUint32(room[:2], 0x01020304)
	return len(longer) == 6 && cap(longer) == 8 && room[2] == 4 && room[3] == 3
}

func roundLittle(v uint64) bool {
	b := make([]byte, 8)
	binary.LittleEndian.PutUint64(b, v)
	return binary.LittleEndian.Uint64(b) == v && binary.LittleEndian.Uint32(b) == uint32(v)
}

func roundBig(v uint64) bool {
	b := binary.BigEndian.AppendUint64(nil, v)
	return binary.BigEndian.Uint64(b) == v && binary.BigEndian.Uint16(b) == uint16(v>>48)
}

func testEndianRoundTrips() bool {
	return roundLittle(0) && roundLittle(1<<64-1) && roundLittle(0x8000000000000001) && roundBig(0x8000000000000001)
}

func testEndianInVariable() bool {
	order := binary.BigEndian
	b := make([]byte, 2)
	order.PutUint16(b, 258)
	return b[0] == 1 && b[1] == 2 && order.Uint16(b) == 258
}

func testEndianMethodValue() bool {
	get := binary.LittleEndian.Uint16
	return get([]byte{1, 2}) == 513
}

func testEndianNames() bool {
	return binary.LittleEndian.String() == "LittleEndian" && binary.BigEndian.GoString() == "binary.BigEndian"
}

func testEndianArray() bool {
	var block [16]byte
	binary.LittleEndian.PutUint32(block[4:8], 77)
	copied := block
	return binary.LittleEndian.Uint32(copied[4:]) == 77 && copied[8] == 0
}
