package groupcommit

import (
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"armada/machine/disk"
	"armada/machine/disk/disktest"
)

// accesses is the number of accesses of a commit of two transactions.
const accesses = 6

// restart forgets everything volatile, puts the code on the disk and runs recovery.
func restart(d disk.Disk) {
	diskLock, stateLock = sync.Mutex{}, sync.Mutex{}
	state, slot1, slot2 = empty, pair{}, pair{}
	disk.Init(d)
	Recover()
}

// entries is the whole log.
func entries() []uint64 {
	var log []uint64
	for {
		v, ok := Get(uint64(len(log)))
		if !ok {
			return log
		}
		log = append(log, v)
	}
}

func want(t *testing.T, when string, wanted ...[]uint64) {
	t.Helper()
	got := entries()
	for _, log := range wanted {
		if slices.Equal(got, log) {
			return
		}
	}
	t.Errorf("%s: the log is %v, want one of %v", when, got, wanted)
}

func commit(t *testing.T, wanted bool) {
	t.Helper()
	if got := Commit(); got != wanted {
		t.Errorf("Commit() = %v, want %v", got, wanted)
	}
}

func TestFileSurvivesARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "disk")
	var log []uint64
	for i := range uint64(4) {
		d, err := disk.OpenFile(path, Size)
		if err != nil {
			t.Fatal(err)
		}
		restart(d)
		want(t, "after a restart", log)
		Append(10*i, 10*i+1)
		want(t, "before the commit", log)
		commit(t, true)
		log = append(log, 10*i, 10*i+1)
		want(t, "after the commit", log)
		Append(7, 8)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOrder(t *testing.T) {
	restart(disk.NewMemory(Size))
	commit(t, true)
	want(t, "after a commit of nothing", nil)
	Append(2, 3)
	Append(4, 5)
	commit(t, true)
	want(t, "first place, then second", []uint64{2, 3, 4, 5})
	Append(7, 8)
	Append(9, 10)
	commit(t, true)
	want(t, "second place, then first", []uint64{2, 3, 4, 5, 7, 8, 9, 10})
	Append(11, 12)
	commit(t, true)
	want(t, "second place", []uint64{2, 3, 4, 5, 7, 8, 9, 10, 11, 12})
}

func TestFullDisk(t *testing.T) {
	restart(disk.NewMemory(Size))
	var log []uint64
	for i := uint64(0); 1+len(log)+4 <= int(Size); i++ {
		Append(i, i)
		commit(t, true)
		log = append(log, i, i)
	}
	Append(1, 2)
	commit(t, false)
	want(t, "when the disk is full", log)
}

// A commit that crashes adds all that was in the buffer, or nothing; the buffer is empty afterwards.
func TestCrashAtEveryAccess(t *testing.T) {
	for left := range int64(accesses + 1) {
		d := disk.NewMemory(Size)
		restart(d)
		Append(1, 2)
		commit(t, true)
		Append(3, 4)
		Append(5, 6)
		disk.Init(disktest.FailAfter(left).Disk(d))
		crashed := disktest.Run(func() { Commit() })
		if crashed != (left < accesses) {
			t.Errorf("crash after %d accesses: crashed is %v", left, crashed)
		}
		restart(d)
		after := []uint64{1, 2, 3, 4, 5, 6}
		if crashed {
			after = []uint64{1, 2}
		}
		want(t, "after a crash", after)
		Append(7, 8)
		commit(t, true)
		want(t, "after the next commit", append(after, 7, 8))
	}
}

func TestAppendWaitsForRoom(t *testing.T) {
	restart(disk.NewMemory(Size))
	Append(1, 2)
	Append(3, 4)
	done := make(chan bool)
	go func() {
		Append(5, 6)
		done <- true
	}()
	select {
	case <-done:
		t.Error("there was room for a third transaction")
	case <-time.After(10 * time.Millisecond):
	}
	commit(t, true)
	<-done
	commit(t, true)
	want(t, "at the end", []uint64{1, 2, 3, 4, 5, 6})
}

// Whole transactions are in the log, those of one thread in their order.
func TestConcurrentUse(t *testing.T) {
	restart(disk.NewMemory(Size))
	var appends, commits sync.WaitGroup
	stop := make(chan bool)
	commits.Add(1)
	go func() {
		defer commits.Done()
		for {
			select {
			case <-stop:
				return
			default:
				Commit()
			}
		}
	}()
	for thread := range uint64(3) {
		appends.Add(1)
		go func() {
			defer appends.Done()
			for i := range uint64(50) {
				Append(thread, i)
			}
		}()
	}
	appends.Wait()
	close(stop)
	commits.Wait()
	commit(t, true)
	log := entries()
	if len(log) != 300 {
		t.Fatalf("the log has %d entries, want 300", len(log))
	}
	next := make([]uint64, 3)
	for k := 0; k < len(log); k += 2 {
		if log[k+1] != next[log[k]] {
			t.Errorf("transaction %d is (%d, %d), want (%d, %d)", k/2, log[k], log[k+1], log[k], next[log[k]])
		}
		next[log[k]]++
	}
}
