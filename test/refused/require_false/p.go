package reqfalse

//@ refines RF over Memory

// @ op Never
func Never() uint64 { return 3 }

// @ op Blocked
func Blocked() uint64 {
	//@ retry
	for {
	}
}

// @ recovery
func Recover() {}
