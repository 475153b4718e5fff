package enum257

//@ refines En over Memory

//@ invariant spec.c == C0

// @ op Flip
func Flip() {}

// @ op Is
func Is() bool { return true }

// @ recovery
func Recover() {}
