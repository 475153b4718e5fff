package bits

import (
	real "math/bits"
	"math/rand"
	"testing"
)

// numbers gives numbers with few bits, with many, and all others.
func numbers(random *rand.Rand) uint64 {
	switch random.Intn(4) {
	case 0:
		return random.Uint64() >> random.Intn(65)
	case 1:
		return 1 << random.Intn(64)
	case 2:
		return -(uint64(1) << random.Intn(64))
	default:
		return random.Uint64() << random.Intn(64) & random.Uint64()
	}
}

func same[T comparable](t *testing.T, name string, x uint64, own, real T) {
	t.Helper()
	if own != real {
		t.Fatalf("%s of %#x is %v, in Go %v", name, x, own, real)
	}
}

func TestSameAsGo(t *testing.T) {
	if UintSize != real.UintSize {
		t.Fatal("tests need a machine of 64 bits")
	}
	random := rand.New(rand.NewSource(1))
	for range 20000 {
		x, y := numbers(random), numbers(random)
		k := random.Intn(400) - 200
		carry := uint64(random.Intn(2))
		same(t, "Len8", x, Len8(uint8(x)), real.Len8(uint8(x)))
		same(t, "LeadingZeros8", x, LeadingZeros8(uint8(x)), real.LeadingZeros8(uint8(x)))
		same(t, "TrailingZeros8", x, TrailingZeros8(uint8(x)), real.TrailingZeros8(uint8(x)))
		same(t, "OnesCount8", x, OnesCount8(uint8(x)), real.OnesCount8(uint8(x)))
		same(t, "RotateLeft8", x, RotateLeft8(uint8(x), k), real.RotateLeft8(uint8(x), k))
		same(t, "Len16", x, Len16(uint16(x)), real.Len16(uint16(x)))
		same(t, "LeadingZeros16", x, LeadingZeros16(uint16(x)), real.LeadingZeros16(uint16(x)))
		same(t, "TrailingZeros16", x, TrailingZeros16(uint16(x)), real.TrailingZeros16(uint16(x)))
		same(t, "OnesCount16", x, OnesCount16(uint16(x)), real.OnesCount16(uint16(x)))
		same(t, "RotateLeft16", x, RotateLeft16(uint16(x), k), real.RotateLeft16(uint16(x), k))
		same(t, "ReverseBytes16", x, ReverseBytes16(uint16(x)), real.ReverseBytes16(uint16(x)))
		same(t, "Len32", x, Len32(uint32(x)), real.Len32(uint32(x)))
		same(t, "LeadingZeros32", x, LeadingZeros32(uint32(x)), real.LeadingZeros32(uint32(x)))
		same(t, "TrailingZeros32", x, TrailingZeros32(uint32(x)), real.TrailingZeros32(uint32(x)))
		same(t, "OnesCount32", x, OnesCount32(uint32(x)), real.OnesCount32(uint32(x)))
		same(t, "RotateLeft32", x, RotateLeft32(uint32(x), k), real.RotateLeft32(uint32(x), k))
		same(t, "ReverseBytes32", x, ReverseBytes32(uint32(x)), real.ReverseBytes32(uint32(x)))
		same(t, "Add32", x, pair(Add32(uint32(x), uint32(y), uint32(carry))), pair(real.Add32(uint32(x), uint32(y), uint32(carry))))
		same(t, "Sub32", x, pair(Sub32(uint32(x), uint32(y), uint32(carry))), pair(real.Sub32(uint32(x), uint32(y), uint32(carry))))
		same(t, "Mul32", x, pair(Mul32(uint32(x), uint32(y))), pair(real.Mul32(uint32(x), uint32(y))))
		same(t, "Len64", x, Len64(uint64(x)), real.Len64(uint64(x)))
		same(t, "LeadingZeros64", x, LeadingZeros64(uint64(x)), real.LeadingZeros64(uint64(x)))
		same(t, "TrailingZeros64", x, TrailingZeros64(uint64(x)), real.TrailingZeros64(uint64(x)))
		same(t, "OnesCount64", x, OnesCount64(uint64(x)), real.OnesCount64(uint64(x)))
		same(t, "RotateLeft64", x, RotateLeft64(uint64(x), k), real.RotateLeft64(uint64(x), k))
		same(t, "ReverseBytes64", x, ReverseBytes64(uint64(x)), real.ReverseBytes64(uint64(x)))
		same(t, "Add64", x, pair(Add64(uint64(x), uint64(y), uint64(carry))), pair(real.Add64(uint64(x), uint64(y), uint64(carry))))
		same(t, "Sub64", x, pair(Sub64(uint64(x), uint64(y), uint64(carry))), pair(real.Sub64(uint64(x), uint64(y), uint64(carry))))
		same(t, "Mul64", x, pair(Mul64(uint64(x), uint64(y))), pair(real.Mul64(uint64(x), uint64(y))))
		same(t, "Len", x, Len(uint(x)), real.Len(uint(x)))
		same(t, "LeadingZeros", x, LeadingZeros(uint(x)), real.LeadingZeros(uint(x)))
		same(t, "TrailingZeros", x, TrailingZeros(uint(x)), real.TrailingZeros(uint(x)))
		same(t, "OnesCount", x, OnesCount(uint(x)), real.OnesCount(uint(x)))
		same(t, "RotateLeft", x, RotateLeft(uint(x), k), real.RotateLeft(uint(x), k))
		same(t, "ReverseBytes", x, ReverseBytes(uint(x)), real.ReverseBytes(uint(x)))
		same(t, "Add", x, pair(Add(uint(x), uint(y), uint(carry))), pair(real.Add(uint(x), uint(y), uint(carry))))
		same(t, "Sub", x, pair(Sub(uint(x), uint(y), uint(carry))), pair(real.Sub(uint(x), uint(y), uint(carry))))
		same(t, "Mul", x, pair(Mul(uint(x), uint(y))), pair(real.Mul(uint(x), uint(y))))
	}
}

func pair[T any](first, second T) [2]T {
	return [2]T{first, second}
}
