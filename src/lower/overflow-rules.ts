import type { Span } from '../base/source.js';
import type { GoPackage } from '../go/index.js';
import type { Directives } from './directives.js';
import { importedPackages } from './program.js';
import type { Reports } from './reports.js';

/** Where arithmetic must not overflow: what stands above functions, and for the rest of the package what stands alone in a file. */
export interface OverflowRules {
  /**
   * Whether arithmetic is checked at the last of the places, to which the calls at the others lead, outermost first. What is said of the function in
   * whose text it stands counts; where nothing is, what is said of its caller.
   */
  readonly isRefused: (places: readonly Span[]) => boolean;
}

export function findOverflowRules(
  goPackage: GoPackage,
  directives: Directives,
  reports: Reports,
): OverflowRules {
  const found: { readonly span: Span; readonly refused: boolean }[] = [];
  for (const each of [goPackage, ...importedPackages(goPackage)]) {
    for (const { annotations, span } of [
      ...each.functions,
      ...each.genericFunctions,
      ...each.initFunctions,
    ]) {
      const words = directives.all(annotations).filter((directive) => directive.kind === 'overflow');
      for (const directive of words) directives.use(directive);
      const [first, second] = words;
      if (second !== undefined) {
        reports.add('annotation', 'a second annotation on overflow for the same function', second.span);
      }
      if (first !== undefined) found.push({ span, refused: first.word === 'no' });
    }
  }
  const alone = directives
    .all(goPackage.annotations)
    .filter((directive) => directive.kind === 'overflow' && directive.word === 'no');
  for (const directive of alone) directives.use(directive);
  const isRefused = (places: readonly Span[]): boolean => {
    const rules = places.map((place) => found.find(({ span }) => contains(span, place)));
    return rules.findLast((rule) => rule !== undefined)?.refused ?? alone.length > 0;
  };
  return { isRefused };
}

function contains(outer: Span, inner: Span): boolean {
  return (
    outer.file === inner.file &&
    outer.start.offset <= inner.start.offset &&
    inner.end.offset <= outer.end.offset
  );
}
