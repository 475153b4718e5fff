package p

import "sync"

//@ refines Map over Memory

type shard struct {
	mu sync.Mutex
	m  map[uint64]uint64
}

// @ shards.mu[i] guards shards.m[i]
var shards [2]shard

// @ op Set
func Set(k, v uint64) {
	shards[k%2].mu.Lock()
	if shards[k%2].m != nil {
		shards[k%2].m[k] = v
	}
	shards[k%2].mu.Unlock()
}

// @ recovery
func Recover() {}

// @ boot
func Open() {
	m := make(map[uint64]uint64)
	shards[0].m = m
	shards[1].m = m
}
