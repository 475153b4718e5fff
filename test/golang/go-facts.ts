import { ROOT, runGo } from './toolchain.js';
import type { SourceFile } from './toolchain.js';

/** What go/types says of an expression. Offsets count UTF-16 code units. */
export interface GoExpression {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** The kind of node, as go/ast calls it. */
  readonly node: string;
  /** Where the expression inside of parentheses starts and ends. */
  readonly inner: readonly [number, number];
  readonly type: string;
  /** The constant value, or empty. */
  readonly value: string;
  /**
   * `key`: an index in a literal of an array or slice; `constant`: in a constant declaration in a function; `generic`: in a generic function;
   * `type`: a case of a type switch.
   */
  readonly place: '' | 'key' | 'constant' | 'generic' | 'type';
}

/** What go/types says of a declared name. */
export interface GoName {
  readonly file: string;
  readonly start: number;
  readonly kind: 'constant' | 'variable' | 'field';
  readonly type: string;
  readonly value: string;
}

export interface GoAnswer {
  /** The first error, or empty: Go accepts the package. */
  readonly error: string;
  readonly expressions: readonly GoExpression[];
  readonly names: readonly GoName[];
}

const PACKAGES_PER_RUN = 400;

/** Asks go/types about packages, each given as its files. */
export function askGoTypes(packages: readonly (readonly SourceFile[])[]): readonly GoAnswer[] {
  const answers: GoAnswer[] = [];
  for (let from = 0; from < packages.length; from += PACKAGES_PER_RUN) {
    const some = packages.slice(from, from + PACKAGES_PER_RUN);
    const input = JSON.stringify({ root: ROOT, packages: some.map((files) => ({ files })) });
    const given = JSON.parse(runGo(['run', './test/golang/oracle'], input)) as readonly RawAnswer[];
    some.forEach((files, index) => answers.push(inCodeUnits(given[index], files)));
  }
  return answers;
}

interface RawAnswer {
  readonly error: string;
  readonly expressions: readonly GoExpression[] | null;
  readonly names: readonly GoName[] | null;
}

/** Go counts bytes. */
function inCodeUnits(answer: RawAnswer | undefined, files: readonly SourceFile[]): GoAnswer {
  if (answer === undefined) throw new Error('the oracle left a package out');
  const maps = new Map(files.map(({ name, text }) => [name, offsetMap(text)]));
  const convert = (file: string, offset: number): number => maps.get(file)?.(offset) ?? offset;
  return {
    error: answer.error,
    expressions: (answer.expressions ?? []).map((each) => ({
      ...each,
      start: convert(each.file, each.start),
      end: convert(each.file, each.end),
      inner: [convert(each.file, each.inner[0]), convert(each.file, each.inner[1])],
    })),
    names: (answer.names ?? []).map((each) => ({ ...each, start: convert(each.file, each.start) })),
  };
}

function offsetMap(text: string): (offset: number) => number {
  const bytes = Buffer.from(text);
  if (bytes.length === text.length) return (offset) => offset;
  return (offset) => bytes.subarray(0, offset).toString('utf8').length;
}
