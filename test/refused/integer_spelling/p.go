// Package integerspelling has ops that are right for mathematical integers, and for most machine integers.
package integerspelling

//@ refines Integers over Memory

// @ op Above
func Above(a uint64) bool { return true }

// @ op AboveByte
func AboveByte(a uint8) bool { return true }

// @ op Below
func Below(a, b uint64) bool { return true }

// @ op BelowByte
func BelowByte(a, b uint8) bool { return true }

// @ op Ordered
func Ordered(a, b uint64) bool { return true }

// @ op UpperHalf
func UpperHalf(a uint64) bool { return false }

// @ op Zero
func Zero(a uint64) bool { return false }

// @ op Negative
func Negative(a int64) bool { return false }

// @ op Doubles
func Doubles(a uint64) bool { return true }

// @ op Halves
func Halves(a uint64) bool { return true }

// @ op Fits
func Fits(a uint64) bool { return true }

// @ op Widens
func Widens(a, b uint8) bool { return true }

// @ op Keeps
func Keeps(a, b uint64) bool { return false }

// @ op Leaves
func Leaves(a, b uint64) bool { return false }

// @ recovery
func Recover() {}
