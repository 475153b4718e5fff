// Package b counts.
package b

var count = begin() + 1

func begin() uint64 { return 3 }

func init() { count++ }

// Next counts.
func Next() uint64 {
	count++
	return count
}
