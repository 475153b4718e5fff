// Package library tests code that imports Go's library.
package library

import "errors"

var (
	errFull  = errors.New("full")
	errEmpty = errors.New("empty")
	errAgain = errors.New("full")

	errByNumber = [...]error{errors.New("zero"), errors.New("one")}
	errByName   = struct{ first, second error }{errors.New("name"), errors.New("name")}
)

func take(n uint64) (uint64, error) {
	switch {
	case n == 0:
		return 0, errEmpty
	case n > 10:
		return 0, errFull
	}
	return n - 1, nil
}

func describe(n uint64) error {
	if n > 100 {
		return errors.New("too large")
	}
	_, err := take(n)
	return err
}

func testSentinelsAreThemselves() bool {
	return errFull == errFull && errFull != errEmpty && errFull != nil
}

func testSentinelsWithEqualTextsDiffer() bool {
	return errFull != errAgain && errFull.Error() == errAgain.Error()
}

func testSentinelsAreReturned() bool {
	_, empty := take(0)
	_, full := take(11)
	rest, fine := take(5)
	return empty == errEmpty && full == errFull && full != errAgain && fine == nil && rest == 4
}

func testSentinelsInArrays() bool {
	return errByNumber[0] != errByNumber[1] && errByNumber[1].Error() == "one"
}

func testSentinelsInStructs() bool {
	return errByName.first != errByName.second && errByName.first.Error() == errByName.second.Error()
}

func testSentinelText() bool {
	_, err := take(0)
	return err.Error() == "empty" && len(errFull.Error()) == 4
}

func testSentinelsAsKeys() bool {
	counts := map[error]int{errFull: 1, errAgain: 2}
	counts[errFull]++
	return len(counts) == 2 && counts[errFull] == 2 && counts[errAgain] == 2 && counts[errEmpty] == 0
}

func testSentinelSwitch() bool {
	_, err := take(20)
	switch err {
	case nil, errEmpty:
		return false
	case errFull:
		return true
	}
	return false
}

func testNewErrorsDiffer() bool {
	a := errors.New("x")
	b := errors.New("x")
	c := a
	return a != b && a == c && a.Error() == b.Error()
}

func testNewErrorsOfOneCallDiffer() bool {
	a, b := describe(200), describe(200)
	return a != b && a != nil && b.Error() == "too large"
}

func testNewErrorIsNoSentinel() bool {
	return errors.New("full") != errFull && describe(11) == errFull
}

func testNewErrorOfComputedText() bool {
	text := "a"
	text += "b"
	return errors.New(text).Error() == "ab"
}

func testIs() bool {
	_, err := take(0)
	return errors.Is(err, errEmpty) && !errors.Is(err, errFull) && !errors.Is(err, nil)
}

func testIsOfNil() bool {
	return errors.Is(nil, nil) && !errors.Is(nil, errFull) && !errors.Is(errFull, errAgain)
}

type codeError struct{ code int }

func (e codeError) Error() string { return "code" }

func (e codeError) Is(target error) bool { return e.code == 7 && target == errFull }

func testIsAsksTheError() bool {
	return errors.Is(codeError{7}, errFull) && !errors.Is(codeError{8}, errFull) &&
		errors.Is(codeError{8}, codeError{8}) && !errors.Is(errFull, codeError{7})
}

type wrapError struct{ inner error }

func (e *wrapError) Error() string { return "wrapped" }

func (e *wrapError) Unwrap() error { return e.inner }

func testUnwrap() bool {
	return errors.Unwrap(&wrapError{errFull}) == errFull && errors.Unwrap(errFull) == nil
}

func testIsOfWrapped() bool {
	return errors.Is(&wrapError{errFull}, errFull)
}

func testErrorOfAnotherType() bool {
	var err error = codeError{1}
	_, isCode := err.(codeError)
	_, fromNew := errFull.(codeError)
	return isCode && !fromNew && err != errFull
}
