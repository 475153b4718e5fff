package p

//@ refines L over Memory

// @ invariant len(items) == 1 && items[0] == spec.s
var items []uint64

// @ boot
func boot() {
	items = make([]uint64, 1)
}

// Set is wrong: that nobody assigns the variable does not make its elements constant.
//
// @ op Set
func Set(v uint64) {
	items[0] = v
}

// @ op Get
func Get() uint64 {
	return items[0]
}

// @ recovery
func Recover() {}
