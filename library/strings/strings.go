// Package strings is what the verifier reads where code imports Go's package strings.
package strings

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && s[:len(prefix)] == prefix
}

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

// TrimPrefix returns s without the prefix, if it begins with it.
func TrimPrefix(s, prefix string) string {
	if HasPrefix(s, prefix) {
		return s[len(prefix):]
	}
	return s
}

// TrimSuffix returns s without the suffix, if it ends with it.
func TrimSuffix(s, suffix string) string {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)]
	}
	return s
}

// CutPrefix returns s without the prefix, and whether it begins with it.
func CutPrefix(s, prefix string) (after string, found bool) {
	if HasPrefix(s, prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// CutSuffix returns s without the suffix, and whether it ends with it.
func CutSuffix(s, suffix string) (before string, found bool) {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)], true
	}
	return s, false
}

// Compare returns -1 if a is less than b, 1 if it is greater, and 0 if they are equal.
func Compare(a, b string) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}

// Clone returns the string.
func Clone(s string) string {
	return s
}

// IndexByte returns where the byte first stands in s, or -1.
func IndexByte(s string, c byte) int {
	for i := range len(s) {
		//@ invariant forall j uint64 :: j < uint64(i) ==> s[j] != c
		if s[i] == c {
			return i
		}
	}
	return -1
}

// Index returns where substr first stands in s, or -1.
func Index(s, substr string) int {
	if len(substr) > len(s) {
		return -1
	}
	for i := range len(s) - len(substr) + 1 {
		if s[i:i+len(substr)] == substr {
			return i
		}
	}
	return -1
}

// Contains reports whether substr stands in s.
func Contains(s, substr string) bool {
	return Index(s, substr) >= 0
}
