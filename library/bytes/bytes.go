// Package bytes is what the verifier reads where code imports Go's package bytes.
package bytes

// Equal reports whether a and b have the same length and the same bytes. nil equals an empty slice.
func Equal(a, b []byte) bool {
	return string(a) == string(b)
}

// Compare returns -1 if a comes before b in the order of dictionaries, 1 if it comes behind, and 0 if they are equal.
func Compare(a, b []byte) int {
	x, y := string(a), string(b)
	if x < y {
		return -1
	}
	if x > y {
		return 1
	}
	return 0
}

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix []byte) bool {
	return len(s) >= len(prefix) && Equal(s[:len(prefix)], prefix)
}

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix []byte) bool {
	return len(s) >= len(suffix) && Equal(s[len(s)-len(suffix):], suffix)
}

// TrimPrefix returns s without the prefix, if it begins with it.
func TrimPrefix(s, prefix []byte) []byte {
	if HasPrefix(s, prefix) {
		return s[len(prefix):]
	}
	return s
}

// TrimSuffix returns s without the suffix, if it ends with it.
func TrimSuffix(s, suffix []byte) []byte {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)]
	}
	return s
}

// Clone returns a copy of b; nil for nil.
func Clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

// IndexByte returns where the byte first stands in b, or -1.
func IndexByte(b []byte, c byte) int {
	for i, each := range b {
		//@ invariant forall j uint64 :: j < uint64(i) ==> b[j] != c
		if each == c {
			return i
		}
	}
	return -1
}

// Index returns where sep first stands in s, or -1.
func Index(s, sep []byte) int {
	if len(sep) > len(s) {
		return -1
	}
	for i := range len(s) - len(sep) + 1 {
		if Equal(s[i:i+len(sep)], sep) {
			return i
		}
	}
	return -1
}

// Contains reports whether sub stands in b.
func Contains(b, sub []byte) bool {
	return Index(b, sub) >= 0
}
