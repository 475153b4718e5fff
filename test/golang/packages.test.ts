import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { missing } from '../tools.js';
import { runProgram } from './toolchain.js';
import { exploreWrapped, unprovedOf } from './wrapped.js';

/** Packages of a module, by the paths of their files. The package `top` has a function `result`, whose value tells what has happened in which order. */
const PROGRAMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'packages are initialised before those that import them': {
    'top/top.go': `package top

import (
	"program/a"
	"program/b"
)

var own = b.Next()*1000 + a.First

func init() { own += b.Next() * 1000000 }

func result() uint64 { return own }
`,
    'a/a.go': `package a

import "program/b"

const First uint64 = 7

var x = b.Next()

func init() { b.Add(x * 10) }
`,
    'b/b.go': `package b

var n = start()

func start() uint64 { return 3 }

func Next() uint64 {
	n++
	return n
}

func Add(m uint64) { n += m }

func init() { n *= 2 }
`,
  },
  'initialisers of a package come in the order of what they need, over several files, then init': {
    'top/top.go': `package top

import "program/lib"

func result() uint64 { return lib.Trace() }
`,
    'lib/a.go': `package lib

var a = step(b*10 + 1)

func init() { step(4) }
`,
    'lib/b.go': `package lib

func init() { step(5) }

var b = step(c + 2)

func Trace() uint64 { return trace }
`,
    'lib/c.go': `package lib

var c = step(3)

var trace uint64

func step(n uint64) uint64 {
	trace = trace*7 + n
	return n
}

func init() { step(6) }
`,
  },
  'a package is initialised once, whoever imports it under whatever name': {
    'top/top.go': `package top

import (
	"program/count"
	one "program/first"
	"program/second"
)

func result() uint64 { return count.N()*100 + one.N*10 + second.N }
`,
    'first/first.go': `package first

import c "program/count"

const N = 1

func Count() uint64 { return c.N() }
`,
    'second/second.go': `package second

import (
	"program/count"
	"program/first"
)

const N = 2

func init() { count.Up(first.Count()) }
`,
    'count/count.go': `package count

var n uint64

func init() { Up(5) }

func Up(m uint64) { n += m }

func N() uint64 { return n }
`,
  },
  'variables of one name in packages of one name are different ones': {
    'top/top.go': `package top

import (
	first "program/one/cell"
	second "program/two/cell"
)

var n uint64 = 9

func result() uint64 { return n*100 + first.N()*10 + second.N() }
`,
    'one/cell/cell.go':
      'package cell\n\nvar n = one()\n\nfunc one() uint64 { return 1 }\n\nfunc N() uint64 { return n }\n',
    'two/cell/cell.go':
      'package cell\n\nvar n uint64\n\nfunc init() { n = 2 }\n\nfunc N() uint64 { return n }\n',
  },
  'instances, interfaces, closures and methods of other packages': {
    'top/top.go': `package top

import "program/lib"

type small uint64

func (s small) Size() uint64 { return uint64(s) }

var boxes [2]lib.Box[uint64]

var all = lib.Map([]uint64{1, 2, 3}, func(n uint64) uint64 { return n*n + boxes[1].Value })

func init() {
	boxes[0].Set(5)
	set := boxes[1].Set
	set(boxes[0].Value + 1)
}

func result() uint64 {
	sum := lib.Sum(small(4), lib.Large{N: 100})
	for _, n := range all {
		sum = sum*10 + n
	}
	return sum*10 + boxes[1].Value + lib.Boxes()
}
`,
    'lib/lib.go': `package lib

type Sized interface{ Size() uint64 }

type Large struct{ N uint64 }

func (l Large) Size() uint64 { return l.N * 2 }

func Sum(all ...Sized) uint64 {
	total := uint64(0)
	for _, each := range all {
		total += each.Size()
	}
	return total
}

type Box[T any] struct{ Value T }

func (b *Box[T]) Set(value T) {
	made++
	b.Value = value
}

var made uint64

func Boxes() uint64 { return made }

func Map[T, U any](from []T, f func(T) U) []U {
	to := make([]U, 0, len(from))
	for _, each := range from {
		to = append(to, f(each))
	}
	return to
}
`,
  },
};

const WRAPPER = `package top

//@ refines Wrapped over Memory

//@ op Right
func WrappedRight() uint64 { return result() }

//@ op Wrong
func WrappedWrong() uint64 { return result() }

//@ recovery
func WrappedRecover() {}
`;
const MAIN = `package main

import (
	"fmt"

	"program/top"
)

func main() { fmt.Println(top.WrappedRight()) }
`;

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
const directories: string[] = [];
afterAll(async () => {
  for (const directory of directories) rmSync(directory, { recursive: true });
  await solver.close();
});

const skipped = missing('go');

describe('programs of several packages', () => {
  it.skipIf(skipped !== null).each(Object.entries(PROGRAMS))(
    '%s',
    { timeout: 60_000 },
    async (_name, files) => {
      const directory = mkdtempSync(join(tmpdir(), 'armada-packages-'));
      directories.push(directory);
      const sources = Object.entries(files).map(([name, text]) => ({ name, text }));
      const said = runProgram(directory, [
        ...sources,
        { name: 'main.go', text: MAIN },
        { name: 'top/wrapper.go', text: WRAPPER },
      ]).trim();
      expect(said).toMatch(/^\d+$/);
      const layer = `layer Wrapped {
  volatile nothing bool
  op Right() (result uint64) { return ${said} }
  op Wrong() (result uint64) { return ${BigInt(said) + 1n} }
}`;
      writeFileSync(join(directory, 'top/wrapped.layer'), layer);
      const loaded = await loadSystem(join(directory, 'top'));
      if (!loaded.ok) expect.fail(loaded.diagnostics.map(({ message }) => message).join('\n'));
      expect(exploreWrapped(loaded.value, 'Right').kind).toBe('nothing found');
      expect(exploreWrapped(loaded.value, 'Wrong')).toMatchObject({
        kind: 'violation',
        violation: { kind: 'refinement' },
      });
      expect(await unprovedOf(loaded.value, 'Wrong', solver)).not.toEqual([]);
    },
  );
});
