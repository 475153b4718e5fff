// Package errors is what the verifier reads where code imports Go's package errors.
package errors

type errorString struct {
	text string
}

func (e *errorString) Error() string {
	return e.text
}

// New returns an error with the text, which is equal to itself only.
func New(text string) error {
	return &errorString{text}
}

// sentinel is the type of errors that initial values of package variables make: the verifier reads such a call of
// New, which runs once, as a constant with a number of its own.
type sentinel struct {
	number uint64
	text   string
}

func (e sentinel) Error() string {
	return e.text
}

// Unwrap returns what the error wraps, as its method Unwrap says, and nil if it has none.
func Unwrap(err error) error {
	wrapping, ok := err.(interface{ Unwrap() error })
	if !ok {
		return nil
	}
	return wrapping.Unwrap()
}

// Is reports whether the error, or one that it wraps, is the target or says that it is.
func Is(err, target error) bool {
	if err == nil || target == nil {
		return err == target
	}
	return is(err, target)
}

// The verifier refuses the calls of itself where the program has errors that wrap others.
func is(err, target error) bool {
	if err == target {
		return true
	}
	if judging, ok := err.(interface{ Is(error) bool }); ok && judging.Is(target) {
		return true
	}
	switch wrapping := err.(type) {
	case interface{ Unwrap() error }:
		wrapped := wrapping.Unwrap()
		return wrapped != nil && is(wrapped, target)
	case interface{ Unwrap() []error }:
		for _, wrapped := range wrapping.Unwrap() {
			if is(wrapped, target) {
				return true
			}
		}
	}
	return false
}
