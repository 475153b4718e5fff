import { describe, expect, test } from 'vitest';
import { problems, pure } from './harness.js';

const REST = `
type cell struct{ n uint64 }
type twin struct{ n uint64 }

var mu sync.Mutex
var g uint64
var db struct{ c cell; list []uint64 }

func (c *cell) set(v uint64) uint64        { c.n = v; return v }
func get(v uint64) uint64                  { return v }
func set(p *uint64, v uint64) uint64       { *p = v; return v }
func setCell(p *cell, v uint64) uint64     { return set(&p.n, v) }
func setTwin(p *twin, v uint64) uint64     { *p = twin{v}; return v }
func setGlobal() uint64                    { g = 9; return 9 }
func setPart() uint64                      { return set(&db.c.n, 9) }
func apply(f func() uint64) uint64         { return f() }
func relock() uint64                       { mu.Unlock(); mu.Lock(); return 0 }
func relockLater() uint64                  { mu.Unlock(); defer mu.Lock(); return 0 }
func both(p *cell, q *uint64) uint64       { return p.n + set(q, 1) }
func partOf(q *uint64) uint64              { return db.c.n + set(q, 1) }
`;

const program = (body: string): string =>
  pure(`\t${body}`, REST).replace('package p\n', 'package p\n\nimport "sync"\n');

describe('a statement is refused that reads what it changes, where Go leaves open which comes first', () => {
  test.each([
    ['a closure that another function calls', 'v := n; return v + apply(func() uint64 { v = 1; return 0 })'],
    [
      'an argument',
      'v := n; f := func(a, b uint64) uint64 { return a }; return f(v, apply(func() uint64 { v = 1; return 0 }))',
    ],
    ['a method as a value', 'c := &cell{n}; f := c.set; return c.n + f(1)'],
    ['a method as a function', 'c := &cell{n}; f := (*cell).set; return c.n + f(c, 1)'],
    ['a function as a value', 'p := new(uint64); f := set; return *p + f(p, 1)'],
    ['a function as a value that changes a package variable', 'f := setGlobal; return g + f()'],
    ['a pointer of another type', 'c := &cell{n}; d := (*twin)(c); return c.n + setTwin(d, 1)'],
    ['a part of a struct, further down', 'c := &cell{n}; return c.n + setCell(c, 1)'],
    ['a part of a package variable, further down', 'return db.c.n + setPart()'],
    ['a part through a pointer to it', 'c := &cell{n}; return both(c, &c.n)'],
    ['a package variable through a pointer to a part', 'return partOf(&db.c.n)'],
    ['copy', 's := []uint64{n}; t := []uint64{1}; return s[0] + uint64(copy(s, t))'],
    ['append', 's := []uint64{n}; return s[0] + append(s[:0], 1)[0]'],
    [
      'the number of entries',
      'm := map[uint64]uint64{}; return uint64(len(m)) + apply(func() uint64 { m[1] = 1; return 0 })',
    ],
    ['the bytes of a string', 'b := []byte{1}; s := string(b) + string(add(b)); return uint64(len(s))'],
    ['a lock that is given up', 'mu.Lock(); r := g + relock(); mu.Unlock(); return r'],
    ['a lock that is given up, in memory', 'mu.Lock(); r := db.list[0] + relock(); mu.Unlock(); return r'],
    [
      'a lock that is given up before it is taken later',
      'mu.Lock(); r := g + relockLater(); mu.Unlock(); return r',
    ],
    [
      'the index of what is assigned',
      'i := 0; s := []uint64{n, n}; s[i] = apply(func() uint64 { i = 1; return 0 }); return s[0]',
    ],
  ])('%s', async (_name, body) => {
    const rest = 'func add(b []byte) []byte { b[0]++; return b }\n';
    const found = await problems(program(body) + rest);
    expect(found.join('\n')).toMatch(/reading \w+ in the same statement as a call that changes it/);
  });
});

describe('a statement is accepted where the order is known or does not matter', () => {
  test.each([
    [
      'another operand of &&',
      'v := n; f := func() bool { v = 1; return true }; if f() && v == 1 { return 1 }; return n',
    ],
    ['an operand of an earlier call', 'v := n; f := func() uint64 { v = 1; return 0 }; return get(v) + f()'],
    ['an operand of the call itself', 's := []uint64{n}; s = append(s, s[0], s[0]); return s[2]'],
    ['other memory', 's := []bool{true}; c := &cell{n}; if s[0] && c.set(1) == 1 { return 1 }; return n'],
    ['a local variable and a lock', 'mu.Lock(); v := n; r := v + relock(); mu.Unlock(); return r'],
    [
      'private memory of another kind and a lock',
      'mu.Lock(); s := []int8{1}; r := uint64(s[0]) + relock(); mu.Unlock(); return r',
    ],
    ['numbers that a function keeps to itself', 's := []uint64{n}; return s[0] + get(1)'],
  ])('%s', async (_name, body) => {
    expect(await problems(program(body))).toEqual([]);
  });
});
