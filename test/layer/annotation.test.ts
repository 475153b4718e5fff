import { describe, expect, it } from 'vitest';
import { parseAnnotations, type Directive } from '../../src/layer/index.js';
import { expectMessage, messagesOf, valueOf } from './support.js';

const ORIGIN = { line: 7, column: 5, offset: 100 };

function parsed(text: string): readonly Directive[] {
  return valueOf(parseAnnotations(text, 'disk.go', ORIGIN));
}

describe('annotations', () => {
  it('reads every kind', () => {
    const directives = parsed(`refines ReplicatedDisk(Size) over TwoDisk(Size)
      locks[a] guards disk1[a], spec.disk[k] where k % 2 == a
        invariant (ok1 ==> disk1[a] == spec.disk[a]) &&
          ok
      db.mu guards sum
      op Write recovery init initialisation boot commit help retry opaque trusted
      parameter where Size > 0
      parameter
      invariant a == b abstraction a == b assert a == b assume a == b
      crash invariant forall a uint64 :: exists j :: j => Write(a, v)
      guarantee unless holds(self, db.mu) while a < b: old(x) == x
      guarantee old(x) == x
      decreases a, b - 1
      token l token turn[t] guards a, b invariant a == b
      claim l claim turn[a - 1] if old(a) == b give db.l
      no overflow may overflow freeze turn[a] if b
      carries v where v > 0`);
    expect(directives.map(({ kind }) => kind)).toEqual([
      ...['refines', 'guards', 'guards', 'op', 'recovery', 'initialisation', 'initialisation', 'boot'],
      ...[
        'commit',
        'help',
        'retry',
        'opaque',
        'trusted',
        'parameter',
        'parameter',
        'invariant',
        'abstraction',
      ],
      ...['assert', 'assume', 'crashInvariant', 'guarantee', 'guarantee', 'decreases'],
      ...['token', 'token', 'claim', 'claim', 'give', 'overflow', 'overflow', 'freeze', 'carries'],
    ]);
    expect(directives[1]).toMatchObject({
      lock: { name: 'locks' },
      index: { name: 'a' },
      locations: [
        { location: { kind: 'index' }, where: null },
        {
          location: { kind: 'index', operand: { kind: 'select', name: 'disk' } },
          where: { kind: 'binary' },
        },
      ],
      invariant: { text: '(ok1 ==> disk1[a] == spec.disk[a]) && ok' },
    });
    expect(directives[2]).toMatchObject({ lock: { name: 'db.mu' }, index: null, invariant: null });
    expect(directives[20]).toMatchObject({ unless: { name: 'db.mu' }, clause: { text: 'old(x) == x' } });
    expect(directives[21]).toMatchObject({ unless: null, condition: null });
  });

  it('reads a guarantee with an exception and no condition', () => {
    for (const formula of [
      'old(x) == x',
      'x == old(x)',
      '(x == old(x))',
      '!b',
      'forall a uint64 :: f[a] == old(f[a])',
    ])
      for (const space of [' ', '\n  ']) {
        const [only, ...others] = parsed(`guarantee unless holds(self, db.mu)${space}${formula}`);
        expect(others).toEqual([]);
        expect(only).toMatchObject({ unless: { name: 'db.mu' }, condition: null, clause: { text: formula } });
      }
    expect(parsed('guarantee unless holds(self, mu)\n while b: x == old(x) retry')).toMatchObject([
      { unless: { name: 'mu' }, condition: { name: 'b' }, clause: { text: 'x == old(x)' } },
      { kind: 'retry' },
    ]);
  });

  it('places spans relative to the origin', () => {
    const [first, second] = parsed('op Read\n    invariant ok');
    expect(first?.span.start).toEqual({ line: 7, column: 5, offset: 100 });
    expect(second?.span).toEqual({
      file: 'disk.go',
      start: { line: 8, column: 5, offset: 112 },
      end: { line: 8, column: 17, offset: 124 },
    });
  });

  it('lets names be any word of annotations', () => {
    const text = 'invariant op == init && commit(guards) < help[invariant] + while.where';
    expect(parsed(text)).toMatchObject([{ kind: 'invariant', text }]);
  });

  it('accepts comments and semicolons between annotations', () => {
    expect(parsed('op Read // what callers see\n; recovery')).toHaveLength(2);
  });

  it.each([
    ['invarient x', "7:5-14 unknown annotation 'invarient'"],
    ['op Read\nrecovry', "8:1-8 unknown annotation 'recovry'"],
    ['op A B', "7:10-11 expected an operator or the end of the annotation, but found 'B'"],
    ['refines A ovr B', "7:15-18 expected an operator or the end of the annotation, but found 'ovr'"],
    ['op', '7:7-7 expected a name, but found the end'],
    ['invariant (a == ', '7:20-20 expected an expression, but found the end'],
    ['invariant a == )', "7:20-21 expected an expression, but found ')'"],
    ['invariant a[1', "7:18-18 expected ']', but found the end"],
    ['invariant j => x', "7:20-21 expected an operation such as 'Write(a, v)' after '=>'"],
    ['crash x', "7:11-12 expected an operator or the end of the annotation, but found 'x'"],
    [
      'invariant forall :: x',
      "7:22-24 expected the name of a variable after 'forall' or 'exists', but found '::'",
    ],
    ['invariant 08 == a', "7:15-17 '08' is not a number that Go accepts"],
    ['invariant a $ b', '7:17-18 unexpected character "$"'],
    ['x guards', '7:13-13 expected an expression, but found the end'],
    ['   ', '7:5-8 this annotation is empty'],
  ])('refuses %s', (text, expected) => {
    expectMessage(parseAnnotations(text, 'disk.go', ORIGIN), expected);
  });

  it('suggests the word that was meant', () => {
    expect(messagesOf(parseAnnotations('gaurantee a', 'f', ORIGIN))[0]).toContain(
      "Did you mean 'guarantee'?",
    );
    expect(messagesOf(parseAnnotations('refines A ovr B', 'f', ORIGIN))[0]).toContain("Did you mean 'over'?");
  });
});
