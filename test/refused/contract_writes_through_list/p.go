package p

//@ refines C over Memory

type node struct {
	value uint64
	next  *node
}

// @ requires n != nil
// @ ensures n.value == 7
func reset(n *node) {
	n.value = 7
	if n.next != nil {
		n.next.value = 3
	}
}

// @ op Get
func Get() uint64 {
	m := &node{7, nil}
	reset(&node{1, m})
	return m.value
}

// @ recovery
func Recover() {}
