package p

//@ refines C over Memory

// @ ensures result == 8
func seven() uint64 { return 7 }

// @ op Get
func Get() uint64 { return seven() }

// @ recovery
func Recover() {}
