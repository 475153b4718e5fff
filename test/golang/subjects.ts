import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ACCEPTED, REJECTED } from '../go/cases.js';
import { REFUSED } from '../go/refused-cases.js';
import type { Subject } from './compare.js';
import { drawSample, programOf } from './generated-run.js';
import { Random } from './random.js';
import { Declarations } from './slice.js';
import { ROOT, runGo } from './toolchain.js';

/** The folders below one that have Go files, tests left out. */
export function packagesUnder(directory: string, name = directory): readonly Subject[] {
  const entries = readdirSync(join(ROOT, directory), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && isSource(entry.name)).map((entry) => entry.name);
  const files = names.sort().map((each) => readSource(join(ROOT, directory), each));
  const own = files.length === 0 ? [] : [{ name, files }];
  const below = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return [...own, ...below.sort().flatMap((each) => packagesUnder(join(directory, each), `${name}/${each}`))];
}

function isSource(name: string): boolean {
  return name.endsWith('.go') && !name.endsWith('_test.go');
}

function readSource(directory: string, name: string): Subject['files'][number] {
  return { name, text: readFileSync(join(directory, name), 'utf8') };
}

/** Annotated programs of this repository, and the packages behind the machines. */
export function ownPrograms(): readonly Subject[] {
  return ['examples', 'machine', 'library', 'test/mutants', 'test/odd', 'test/refused'].flatMap((folder) =>
    packagesUnder(folder),
  );
}

/** The small programs that the front end's tests use. */
export function smallPrograms(): readonly Subject[] {
  const lists: readonly (readonly (readonly [string, string])[])[] = [
    Object.entries(ACCEPTED),
    Object.entries(REJECTED).map(([name, [, text]]) => [name, text] as const),
    Object.entries(REFUSED).flatMap(([name, texts]) => texts.map((text) => [name, text] as const)),
  ];
  return lists
    .flat()
    .map(([name, text]) => program(name, text.replaceAll('"m/disk"', '"armada/machine/disk"')));
}

/** The files that Go's own type checkers are tested with, each alone (packages of several files together). */
export function checkerPrograms(): readonly Subject[] {
  const root = join(runGo(['env', 'GOROOT']).trim(), 'src/internal/types/testdata');
  if (!existsSync(root)) return [];
  const folders = ['check', 'examples', 'fixedbugs', 'spec'];
  return folders.flatMap((folder) => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    return entries.flatMap((entry): readonly Subject[] => {
      const path = join(root, folder, entry.name);
      if (entry.isFile()) {
        return [{ name: `${folder}/${entry.name}`, files: [readSource(join(root, folder), entry.name)] }];
      }
      const files = readdirSync(path).map((name) => readSource(path, name));
      return [{ name: `${folder}/${entry.name}`, files }];
    });
  });
}

/** The programs of the suite. */
export function suitePrograms(): readonly Subject[] {
  return packagesUnder('test/golang/suite');
}

/** Random programs. */
export function generatedPrograms(count: number, seed: number): readonly Subject[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_value, index) => {
    const { declarations } = programOf(drawSample(random, {}), 'p');
    return program(`generated ${index}`, `package p\n\n${declarations}`);
  });
}

/** Each declaration of the subjects as a program of its own, with what it needs. */
export async function declarationsOf(subjects: readonly Subject[]): Promise<readonly Subject[]> {
  const result: Subject[] = [];
  for (const { name, files } of subjects) {
    const declarations = await Declarations.read(files);
    const slices = declarations?.slices() ?? [];
    slices.forEach((text, index) => result.push(program(`${name} #${index}`, text)));
  }
  return result;
}

/** The subjects that import nothing: Go needs no compiled packages to check them. */
export function withoutImports(subjects: readonly Subject[]): readonly Subject[] {
  return subjects.filter(({ files }) => files.every(({ text }) => !/^import\b/m.test(text)));
}

/** A program of one file. */
export function program(name: string, text: string): Subject {
  return { name, files: [{ name: 'p.go', text }] };
}
