// Mutant: Delete does not release the lock.
// Expect: refuted

// Package shardedmap is a map from numbers to numbers, in memory, that many threads use at the same time.
//
// The keys are divided among shards, each of which is a map with a lock of its own. Threads wait for each other only
// where their keys are in one shard, and readers of one shard do not wait for each other.
package shardedmap

import "sync"

//@ refines KeyValueMap over Memory

// Shards is how many maps there are.
const Shards = 16

type shard struct {
	mu sync.RWMutex
	m  map[uint64]uint64
}

// @ shards.mu[i] guards shards.m[i], spec.values[k] where k % Shards == i
// @   invariant shards.m.made[i] &&
// @     forall k uint64 :: k % Shards == i ==> shards.m[i][k] == spec.values[k]
var shards [Shards]shard

func (s *shard) get(k uint64) (uint64, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v, found := s.m[k]
	return v, found
}

func (s *shard) put(k, v uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k] = v
}

func (s *shard) remove(k uint64) {
	s.mu.Lock()
	delete(s.m, k)
}

// Get returns what is stored under a key, and whether there is anything.
//
// @ op Get
func Get(k uint64) (uint64, bool) {
	return shards[k%Shards].get(k)
}

// Contains tells whether there is anything under a key.
//
// @ op Contains
func Contains(k uint64) bool {
	_, found := shards[k%Shards].get(k)
	return found
}

// Put stores a value under a key.
//
// @ op Put
func Put(k, v uint64) {
	shards[k%Shards].put(k, v)
}

// Delete removes what is stored under a key, if there is anything.
//
// @ op Delete
func Delete(k uint64) {
	shards[k%Shards].remove(k)
} // want: lock-leak

// Recover has nothing to do: all maps are empty again.
//
// @ recovery
func Recover() {}

// Open makes the maps.
//
// @ boot
func Open() {
	for i := range shards {
		//@ invariant forall j uint64 :: j < uint64(i) ==> shards.m.made[j] && shards.m[j] == zero
		shards[i].m = make(map[uint64]uint64)
	}
}
