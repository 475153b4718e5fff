import { readFileSync } from 'node:fs';
import type { Result } from '../../src/base/diagnostic.js';
import { loadPackage } from '../../src/go/index.js';
import { showCode } from '../../src/ir/show-code.js';
import type { Code, System } from '../../src/ir/index.js';
import type { LayerLibrary } from '../../src/layer/index.js';
import { createLibrary, parseLayerFile } from '../../src/layer/index.js';
import { importResolver, lowerPackage } from '../../src/lower/index.js';

/** The tool's own layers of memory and of the standard library. */
const PRIMITIVES = ['memory', 'sync', 'atomic'].map((name) =>
  readFileSync(new URL(`../../specs/machine/${name}.layer`, import.meta.url), 'utf8'),
);

const LAYERS = `${PRIMITIVES.join('\n')}

layer Store(Size uint64) {
  package "armada/machine/store"
  durable cells map[uint64]Block
  durable healthy bool = true
  volatile cache uint64
  fault { either { healthy = false } or {} }
  op Get(a uint64) (v Block, ok bool) { require a < Size; fault; return cells[a], healthy }
  op Put(a uint64, v Block) { require a < Size; cells[a] = v }
  func FromUint64(v uint64) Block = block(v)
  func ToUint64(b Block) uint64 = number(b)
}

layer Counter {
  volatile total uint64
  op Add(n uint64) { total = total + n }
  op Get() (n uint64) { return total }
}

layer Cell(Size uint64) {
  durable cells map[uint64]Block
  op Get(a uint64) (v Block) { require a < Size; return cells[a] }
  op Put(a uint64, v Block) { require a < Size; cells[a] = v }
}

layer Sums {
  durable nothing bool
  op Sum(values seq[uint64]) (n uint64) {
    if len(values) == 0 { return 0 }
    return values[0]
  }
}

layer Pure {
  type Pair struct { left, right uint64 }
  durable nothing bool
  op Run(n uint64) (m uint64) { return n }
}

layer Bounded {
  volatile total uint64
  op Add(n uint64) (ok bool) { if n > 9 { return false }; total = total + n; return true }
  op Get() (n uint64) { return total }
}
`;

/** A value, or an exception that lists what was wrong. */
export function expectValue<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(
    result.diagnostics.map((each) => `${each.span?.start.line ?? 0}: ${each.message}`).join('\n'),
  );
}

let shared: LayerLibrary | null = null;

function library(): LayerLibrary {
  shared ??= expectValue(createLibrary(expectValue(parseLayerFile('test.layer', LAYERS))));
  return shared;
}

/** Lowers a package of one file. */
export async function lower(text: string): Promise<Result<System>> {
  const sources = [{ path: 'p.go', text }];
  const goPackage = await loadPackage('p', sources, importResolver(library()));
  return goPackage.ok ? lowerPackage(goPackage.value, library()) : goPackage;
}

/** What is wrong with a package: `line:column message`. */
export async function problems(text: string): Promise<readonly string[]> {
  const result = await lower(text);
  if (result.ok) return [];
  return result.diagnostics.map(
    (each) => `${each.span?.start.line ?? 0}:${each.span?.start.column ?? 0} ${each.message}`,
  );
}

/** A package that refines `Pure` with the body of its one operation; helpers may follow. */
export function pure(body: string, rest = ''): string {
  return `package p

//@ refines Pure over Memory

//@ op Run
func Run(n uint64) uint64 {
${body}
}

//@ recovery
func Recover() {}
${rest}`;
}

/** The code of the only operation of a package of `pure`. */
export async function codeOf(text: string): Promise<Code> {
  const code = expectValue(await lower(text)).implementations[0]?.code;
  if (code === undefined) throw new Error('no code');
  return code;
}

/** The instructions of `pure(body, rest)`, one line each. */
export async function instructions(body: string, rest = ''): Promise<readonly string[]> {
  return showCode(await codeOf(pure(body, rest)));
}
