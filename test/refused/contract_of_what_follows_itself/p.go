package p

//@ refines C over Memory

type node struct {
	value uint64
	next  *node
}

// A node may be its own next one.

// @ requires n != nil && n.next != nil
// @ ensures n.next.value == old(n.next.value)
func reset(n *node) { n.value = 0 }

// @ op Get
func Get() uint64 {
	n := &node{7, nil}
	n.next = n
	reset(n)
	if n.next == nil {
		return 7
	}
	return n.next.value
}

// @ recovery
func Recover() {}
