import type { Diagnostic, DiagnosticCode } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';
import { UNVERIFIED } from '../go/index.js';
import type { UnverifiedName } from '../go/index.js';
import type { LibraryCall } from './builder.js';

/** Collects what is wrong with the input; lowering goes on with a placeholder, so that one run reports everything. */
export class Reports {
  readonly diagnostics: Diagnostic[] = [];

  /** The call of the library whose code is being lowered: what is wrong with that is wrong with the call. */
  library: LibraryCall | null = null;

  add(code: DiagnosticCode, text: string, at?: Span, hint?: string): void {
    const { library } = this;
    const span = library === null ? at : library.source.span;
    const message = library === null ? text : `${text}, in ${library.name}`;
    const repeated = this.diagnostics.some(
      (each) => each.message === message && each.span?.start.offset === span?.start.offset,
    );
    if (repeated) return;
    this.diagnostics.push({
      code,
      message,
      ...(span === undefined ? {} : { span }),
      ...(hint === undefined ? {} : { hint }),
    });
  }

  unsupported(what: string, span: Span, hint: string): void {
    this.add('unsupported', `${what} is not supported`, span, hint);
  }

  /** A construct that is checked as Go does but cannot be verified yet; `detail` names the one at hand. */
  unverified(name: UnverifiedName, span: Span, detail?: string): void {
    const { construct, hint } = UNVERIFIED[name];
    const suffix = detail === undefined ? '' : `: ${detail}`;
    this.add('unsupported', `not verified yet: ${construct}${suffix}`, span, hint);
  }

  addAll(diagnostics: readonly Diagnostic[]): void {
    for (const each of diagnostics) this.add(each.code, each.message, each.span, each.hint);
  }
}
