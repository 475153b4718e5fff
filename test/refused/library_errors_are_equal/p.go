package p

import "errors"

//@ refines Errors over Memory

var errOne = errors.New("text")

var errOther = errors.New("text")

// @ op New
func New() bool {
	return errors.New("text") == errors.New("text")
}

// @ op Sentinel
func Sentinel() bool {
	return errOne == errOther
}

// @ op Mixed
func Mixed() bool {
	return errOne == errors.New("text")
}

// @ recovery
func Recover() {}
