import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Diagnostic, Result } from '../../src/base/diagnostic.js';
import { BOOL, integerType, loadPackage } from '../../src/go/index.js';
import type { GoPackage, ImportedPackage, MachineType } from '../../src/go/index.js';
import { standardPackage } from '../../src/lower/standard.js';

const BLOCK: MachineType = {
  kind: 'machine',
  path: 'm/disk',
  packageName: 'disk',
  name: 'Block',
  comparable: true,
};
const UINT64 = integerType('uint64');

/** The machine package that the test programs import, and the same as Go. */
const DISK: ImportedPackage = {
  kind: 'machine',
  path: 'm/disk',
  name: 'disk',
  functions: [
    { name: 'Read', parameters: [UINT64], results: [BLOCK] },
    { name: 'Try', parameters: [UINT64], results: [BLOCK, BOOL] },
    { name: 'Write', parameters: [UINT64, BLOCK], results: [] },
  ],
  types: [BLOCK],
  constants: [{ name: 'Size', type: UINT64, value: 8n }],
};

const ATOMIC = [
  'package atomic',
  ...['Int32', 'Int64', 'Uint32', 'Uint64'].flatMap((name) => {
    const type = name.toLowerCase();
    return [
      `func Load${name}(p *${type}) ${type} { return *p }`,
      `func Store${name}(p *${type}, v ${type}) {}`,
      `func Add${name}(p *${type}, v ${type}) ${type} { return *p }`,
      `func Swap${name}(p *${type}, v ${type}) ${type} { return *p }`,
      `func CompareAndSwap${name}(p *${type}, old, v ${type}) bool { return true }`,
      ...atomicType(name, type),
      `func (x *${name}) Add(v ${type}) ${type} { return x.v }`,
      `func (x *${name}) And(v ${type}) ${type} { return x.v }`,
    ];
  }),
  ...atomicType('Bool', 'bool'),
  'type Value struct { v int }',
  '',
].join('\n');

function atomicType(name: string, type: string): readonly string[] {
  return [
    `type ${name} struct { v ${type} }`,
    `func (x *${name}) Load() ${type} { return x.v }`,
    `func (x *${name}) Store(v ${type}) {}`,
    `func (x *${name}) Swap(v ${type}) ${type} { return x.v }`,
    `func (x *${name}) CompareAndSwap(old, v ${type}) bool { return true }`,
  ];
}

export const IMPORTS = {
  'm/disk': `package disk
type Block [8]byte
const Size uint64 = 8
func Read(a uint64) Block { return Block{} }
func Try(a uint64) (Block, bool) { return Block{}, true }
func Write(a uint64, b Block) {}
`,
  sync: `package sync
type Mutex struct { state int }
func (m *Mutex) Lock() {}
func (m *Mutex) Unlock() {}
func (m *Mutex) TryLock() bool { return true }
type RWMutex struct { state int }
func (m *RWMutex) Lock() {}
func (m *RWMutex) Unlock() {}
func (m *RWMutex) RLock() {}
func (m *RWMutex) RUnlock() {}
func (m *RWMutex) TryRLock() bool { return true }
type WaitGroup struct { state int }
func (g *WaitGroup) Add(delta int) {}
func (g *WaitGroup) Done() {}
func (g *WaitGroup) Wait() {}
func (g *WaitGroup) Go(f func()) {}
type Once struct { state int }
func (o *Once) Do(f func()) {}
type Pool struct { state int }
type Locker interface { Lock(); Unlock() }
func (m *RWMutex) RLocker() Locker { return m }
type Cond struct { L Locker }
func NewCond(l Locker) *Cond { return &Cond{L: l} }
func (c *Cond) Wait() {}
func (c *Cond) Signal() {}
func (c *Cond) Broadcast() {}
`,
  'sync/atomic': ATOMIC,
  fmt: 'package fmt\nfunc Println(a ...any) {}\n',
  unsafe: 'package unsafe2\ntype Pointer int\n',
  reflect: 'package reflect\ntype Kind int\n',
};

export function resolveImport(path: string): ImportedPackage | null {
  if (path === 'sync') return { kind: 'sync' };
  if (path === 'sync/atomic') return { kind: 'atomic' };
  return path === 'm/disk' ? DISK : standardPackage(path);
}

export function load(...texts: readonly string[]): Promise<Result<GoPackage>> {
  const sources = texts.map((text, index) => ({ path: `file${index}.go`, text }));
  return loadPackage('p', sources, resolveImport);
}

export async function loaded(...texts: readonly string[]): Promise<GoPackage> {
  const result = await load(...texts);
  if (!result.ok) throw new Error(result.diagnostics.map((each) => each.message).join('\n'));
  return result.value;
}

export async function rejected(...texts: readonly string[]): Promise<readonly Diagnostic[]> {
  const result = await load(...texts);
  return result.ok ? [] : result.diagnostics;
}

export interface OracleAnswer {
  readonly error: string;
  readonly formatted: string;
}

/** What Go's own type checker says to each source, and how gofmt writes it. */
export function askGo(sources: readonly string[]): readonly OracleAnswer[] {
  const program = fileURLToPath(new URL('oracle/main.go', import.meta.url));
  const result = spawnSync('go', ['run', program], {
    input: JSON.stringify({ imports: IMPORTS, sources }),
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod', GO111MODULE: 'auto' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout) as readonly OracleAnswer[];
}
