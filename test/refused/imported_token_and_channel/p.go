package p

import "armada/test/refused/imported_token_and_channel/slot"

//@ refines SlotAndTurns over Memory

//@ invariant !turns.closed

// Receivers are not in one order, so that a token gives no right to plain variables, in whatever package they are.
var turns = make(chan bool, 2)

// @ op Put
func Put(n uint64) bool { return slot.Put(n) }

// @ op Send
func Send() { turns <- true }

// @ op Take
func Take() { <-turns }

// @ recovery
func Recover() {}
