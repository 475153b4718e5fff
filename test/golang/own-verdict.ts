import { join } from 'node:path';
import type { Diagnostic } from '../../src/base/diagnostic.js';
import { REFUSALS, loadPackage } from '../../src/go/index.js';
import type { GoPackage } from '../../src/go/index.js';
import type { LayerLibrary } from '../../src/layer/index.js';
import { importResolver } from '../../src/lower/index.js';
import { readLibrary } from '../../src/lower/library.js';
import { ROOT } from './toolchain.js';
import type { SourceFile } from './toolchain.js';

/** What the tool says of Go text: `refused` if something in it is refused by name, `rejected` if it is said to be wrong. */
export type OwnVerdict =
  | { readonly kind: 'accepted'; readonly value: GoPackage }
  /** `by`: the refused constructs; `others`: what was reported beside the refusals, which is mostly a consequence of them. */
  | {
      readonly kind: 'refused';
      readonly by: readonly string[];
      readonly others: readonly Diagnostic[];
    }
  | { readonly kind: 'rejected'; readonly diagnostics: readonly Diagnostic[] };

let shared: LayerLibrary | null = null;

/** The tool's own layers. */
export function toolLibrary(): LayerLibrary {
  if (shared !== null) return shared;
  const library = readLibrary([join(ROOT, 'specs')], []);
  if (!library.ok) throw new Error(library.diagnostics.map(({ message }) => message).join('\n'));
  shared = library.value;
  return shared;
}

/** Reads and checks a package with the tool's front end. */
export async function checkedPackage(files: readonly SourceFile[]): Promise<OwnVerdict> {
  const sources = files.map(({ name, text }) => ({ path: name, text }));
  const result = await loadPackage('p', sources, importResolver(toolLibrary()));
  return result.ok ? { kind: 'accepted', value: result.value } : verdictOf(result.diagnostics);
}

/** Where the front end calls something wrong that it should refuse by name, until that is mended. */
const FALSE_ERRORS = [
  /is not a literal of Go that is supported$/,
  /^cannot index a value of type \*/,
  /^cannot range over a value of type untyped string$/,
  /^`len` is not defined on a value of type/,
];

/** Tells refusals from errors. */
export function verdictOf(diagnostics: readonly Diagnostic[]): Exclude<OwnVerdict, { kind: 'accepted' }> {
  const refusals = diagnostics.filter(({ code }) => code === 'unsupported');
  const isFalse = diagnostics.every(({ message }) => FALSE_ERRORS.some((error) => error.test(message)));
  if (isFalse) return { kind: 'refused', by: ['called an error'], others: diagnostics };
  if (refusals.length === 0) return { kind: 'rejected', diagnostics };
  const by = [...new Set(refusals.map(({ message }) => refusalName(message)))].sort();
  return { kind: 'refused', by, others: diagnostics.filter(({ code }) => code !== 'unsupported') };
}

/** The key in the table of refusals of the construct that a message names, else the message without what it says of the code at hand. */
function refusalName(message: string): string {
  const known = Object.entries(REFUSALS).filter(([, { construct }]) =>
    message.startsWith(`not supported: ${construct}`),
  );
  const longest = known.toSorted(([, left], [, right]) => right.construct.length - left.construct.length)[0];
  return longest?.[0] ?? message.replaceAll(/`[^`]*`/g, '`...`').replaceAll(/\d+/g, 'N');
}
