package p

//@ refines C over Memory

// @ requires n != nil
// @ ensures n.value == old(n.value)
func bump(n *cell) { n.value++ }

type cell struct{ value uint64 }

// @ op Get
func Get() uint64 {
	c := cell{1}
	bump(&c)
	return c.value
}

// @ recovery
func Recover() {}
