import type { Span } from './source.js';

/** Which stage rejected the input; each code is stable and documented in `docs/errors.md`. */
export type DiagnosticCode =
  | 'file' // unreadable, empty, binary, not UTF-8, too large, unknown path
  | 'syntax' // Go or layer text that does not parse
  | 'type' // Go or layer text that does not type-check
  | 'name' // unknown or duplicate name
  | 'unsupported' // a construct outside the subset, refused by name
  | 'annotation' // malformed, misplaced or unused `//@` text
  | 'layer' // a layer that cannot be used: a missing op, a volatile variable in a crash invariant, ...
  | 'implementation' // an op, recovery or initialisation function that is missing, duplicated or does not fit
  | 'usage'; // command line or configuration

/** Something wrong with the input, in the user's terms. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly span?: Span;
  /** What to write instead, as one sentence. */
  readonly hint?: string;
}

/** A stage's result: input errors are values; exceptions are for what cannot happen. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure<T>(...diagnostics: readonly Diagnostic[]): Result<T> {
  return { ok: false, diagnostics };
}

/** Marks a case that the types rule out; reaching it is a bug of the tool. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
