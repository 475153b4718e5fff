// Writes packages for figures of how verification grows. Of any number of operations: a disk, and for each group of ten
// operations a block of it, a lock and a variable of the specification. Of any number of lines: Go that is read and type-checked.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const GROUP = 10;

/** The operations of a group in turn: what the specification says of block `v`, and what the code does while it holds the lock. */
const KINDS = [
  {
    name: 'Get',
    parameters: '',
    results: 'disk.Block',
    specification: (v) => `return ${v}`,
    body: (block) => [`v := disk.Read(${block})`],
    returned: 'v',
  },
  {
    name: 'Set',
    parameters: 'v disk.Block',
    results: '',
    specification: (v) => `${v} = v`,
    body: (block) => [`disk.Write(${block}, v)`],
  },
  {
    name: 'Swap',
    parameters: 'v disk.Block',
    results: 'disk.Block',
    specification: (v) => `r = ${v}; ${v} = v; return r`,
    body: (block) => [`old := disk.Read(${block})`, `disk.Write(${block}, v)`],
    returned: 'old',
  },
  {
    name: 'Choose',
    parameters: 'v disk.Block, keep bool',
    results: 'disk.Block',
    specification: (v) => `if !keep { ${v} = v }; return ${v}`,
    body: (block) => [
      `now := disk.Read(${block})`,
      'if !keep {',
      `\tdisk.Write(${block}, v)`,
      '\tnow = v',
      '}',
    ],
    returned: 'now',
  },
  {
    name: 'Clear',
    parameters: '',
    results: '',
    specification: (v) => `${v} = block(0)`,
    body: (block) => [`disk.Write(${block}, disk.FromUint64(0))`],
  },
];

function layerOf(operations) {
  const groups = Math.ceil(operations / GROUP);
  const lines = ['layer Synthetic {'];
  for (let group = 0; group < groups; group += 1) lines.push(`  durable v${group} Block`);
  for (let index = 0; index < operations; index += 1) {
    const { name, parameters, results, specification } = KINDS[index % KINDS.length];
    const types = parameters.replaceAll('disk.Block', 'Block');
    const result = results === '' ? '' : ' (r Block)';
    const group = Math.floor(index / GROUP);
    lines.push(`  op ${name}${index}(${types})${result} { ${specification(`v${group}`)} }`);
  }
  return [...lines, '  crash {}', '}', ''].join('\n');
}

function codeOf(operations) {
  const groups = Math.ceil(operations / GROUP);
  const lines = [
    'package synthetic',
    '',
    'import (',
    '\t"sync"',
    '',
    '\t"armada/machine/disk"',
    ')',
    '',
    `//@ refines Synthetic over SingleDisk(${groups})`,
    '',
  ];
  for (let group = 0; group < groups; group += 1) {
    lines.push(
      `// @ m${group} guards disk[${group}], spec.v${group}`,
      `// @   invariant disk[${group}] == spec.v${group}`,
      `var m${group} sync.Mutex`,
      '',
    );
  }
  for (let group = 0; group < groups; group += 1) lines.push(`//@ crash invariant invariant(m${group})`, '');
  for (let index = 0; index < operations; index += 1) {
    const { name, parameters, results, body, returned } = KINDS[index % KINDS.length];
    const group = Math.floor(index / GROUP);
    lines.push(
      `// @ op ${name}${index}`,
      `func ${name}${index}(${parameters})${results === '' ? '' : ` ${results}`} {`,
      `\tm${group}.Lock()`,
      ...body(group).map((line) => `\t${line}`),
      `\tm${group}.Unlock()`,
      ...(returned === undefined ? [] : [`\treturn ${returned}`]),
      '}',
      '',
    );
  }
  return [...lines, '// @ recovery', 'func Recover() {}', ''].join('\n');
}

/** Writes the package into a folder of its own below `directory`, and gives that folder. */
export function writeSyntheticPackage(directory, operations) {
  const folder = join(directory, `synthetic${operations}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'synthetic.layer'), layerOf(operations));
  writeFileSync(join(folder, 'synthetic.go'), codeOf(operations));
  return folder;
}

/** Lines of a function that uses most of what the type checker has to decide in storage code. */
function helper(index) {
  return [
    `type record${index} struct {`,
    '\tkey   uint64',
    '\tvalue []byte',
    '\tnext  map[uint64]uint32',
    '}',
    '',
    `func helper${index}(records []record${index}, wanted uint64) ([]byte, bool) {`,
    '\ttotal := uint64(0)',
    '\tfor i, each := range records {',
    '\t\tif each.key == wanted && len(each.value) > 0 {',
    '\t\t\treturn append([]byte{byte(i)}, each.value[1:]...), true',
    '\t\t}',
    '\t\ttotal += each.key<<3 | uint64(each.next[total%7])',
    '\t}',
    '\tswitch {',
    '\tcase total > 100:',
    `\t\trecords[0] = record${index}{key: total, value: make([]byte, 8)}`,
    '\tdefault:',
    '\t\trecords[0].next[wanted]++',
    '\t}',
    '\treturn nil, false',
    '}',
    '',
  ];
}

/** Writes a package of about so many lines of Go, of which the last is ill-typed, so that nothing is done but to read and check it. */
export function writeLongPackage(directory, lineCount) {
  const folder = join(directory, `long${lineCount}`);
  mkdirSync(folder, { recursive: true });
  const lines = ['package long', '', '//@ refines AtomicCounter over SingleDisk(1)', ''];
  for (let index = 0; lines.length + helper(index).length < lineCount; index += 1)
    lines.push(...helper(index));
  lines.push('var wrong uint64 = "no number"', '');
  writeFileSync(join(folder, 'long.go'), lines.join('\n'));
  return folder;
}
