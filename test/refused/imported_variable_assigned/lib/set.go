package lib

// Set changes it.
func Set(n uint64) {
	mu.Lock()
	limit = n
	mu.Unlock()
}
