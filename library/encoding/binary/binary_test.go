package binary

import (
	"bytes"
	real "encoding/binary"
	"fmt"
	"math/rand"
	"reflect"
	"testing"
)

type order interface {
	real.ByteOrder
	real.AppendByteOrder
	GoString() string
}

var orders = []struct {
	own  order
	real order
}{
	{LittleEndian, real.LittleEndian},
	{BigEndian, real.BigEndian},
}

// panicOf runs a function and returns the text of its panic, or nothing.
func panicOf(run func()) (text string) {
	defer func() {
		if reason := recover(); reason != nil {
			text = fmt.Sprint(reason)
		}
	}()
	run()
	return ""
}

// each calls all methods of a byte order with a number and bytes, and tells all that can be seen of it.
func each(o order, b []byte, v uint64) []string {
	var seen []string
	add := func(run func(b []byte) any) {
		own := bytes.Clone(b)
		given := own[:len(own):len(own)]
		var result any
		panicked := panicOf(func() { result = run(given) })
		seen = append(seen, fmt.Sprint(result, own, panicked))
	}
	add(func(b []byte) any { return o.Uint16(b) })
	add(func(b []byte) any { return o.Uint32(b) })
	add(func(b []byte) any { return o.Uint64(b) })
	add(func(b []byte) any { o.PutUint16(b, uint16(v)); return nil })
	add(func(b []byte) any { o.PutUint32(b, uint32(v)); return nil })
	add(func(b []byte) any { o.PutUint64(b, v); return nil })
	room := func(b []byte, append func(b []byte) []byte) any {
		half := b[:len(b)/2]
		longer := append(half)
		return fmt.Sprint(longer, len(longer), cap(longer))
	}
	add(func(b []byte) any { return room(b, func(b []byte) []byte { return o.AppendUint16(b, uint16(v)) }) })
	add(func(b []byte) any { return room(b, func(b []byte) []byte { return o.AppendUint32(b, uint32(v)) }) })
	add(func(b []byte) any { return room(b, func(b []byte) []byte { return o.AppendUint64(b, v) }) })
	return append(seen, o.String(), o.GoString())
}

func TestSameAsGo(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 2000 {
		b := make([]byte, random.Intn(24))
		random.Read(b)
		if random.Intn(10) == 0 {
			b = nil
		}
		v := random.Uint64() >> random.Intn(64)
		for _, o := range orders {
			own, real := each(o.own, b, v), each(o.real, b, v)
			if !reflect.DeepEqual(own, real) {
				t.Fatalf("%s, %d in %v:\n%v\n%v", o.own, v, b, own, real)
			}
		}
	}
}

func TestSameMethods(t *testing.T) {
	for _, o := range orders {
		own, real := reflect.TypeOf(o.own), reflect.TypeOf(o.real)
		if own.NumMethod() != real.NumMethod() || own.Name() != real.Name() {
			t.Errorf("%s has %d methods, %s has %d", own, own.NumMethod(), real, real.NumMethod())
		}
		for i := range own.NumMethod() {
			if own.Method(i).Name != real.Method(i).Name {
				t.Errorf("%s.%s and %s.%s", own, own.Method(i).Name, real, real.Method(i).Name)
			}
		}
	}
}
