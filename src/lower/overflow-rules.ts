import type { Span } from '../base/source.js';
import type { GoPackage } from '../go/index.js';
import type { Directives } from './directives.js';
import type { Linked } from './linked.js';
import type { Reports } from './reports.js';

/** Where arithmetic must not overflow: what stands above functions, and for the rest of a package what stands alone in a file. */
export interface OverflowRules {
  /**
   * Whether arithmetic is checked at the last of the places, to which the calls at the others lead, outermost first. What is said of the function in
   * whose text it stands counts; where nothing is, what is said of its caller, and so on; then that of the packages of all of them, and of the package that is verified.
   */
  readonly isRefused: (places: readonly Span[]) => boolean;
}

export function findOverflowRules(linked: Linked, directives: Directives, reports: Reports): OverflowRules {
  const found: { readonly span: Span; readonly refused: boolean }[] = [];
  for (const each of linked.all) {
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
  const whole = new Set(linked.all.filter((each) => isWhole(each, directives)));
  const isRefused = (places: readonly Span[]): boolean => {
    const rules = places.map((place) => found.find(({ span }) => contains(span, place)));
    const inWhole = whole.has(linked.main) || places.some(({ file }) => whole.has(linked.at(file)));
    return rules.findLast((rule) => rule !== undefined)?.refused ?? inWhole;
  };
  return { isRefused };
}

/** Whether `no overflow` stands alone in a file of the package. */
function isWhole({ annotations }: GoPackage, directives: Directives): boolean {
  const alone = directives
    .all(annotations)
    .filter((directive) => directive.kind === 'overflow' && directive.word === 'no');
  for (const directive of alone) directives.use(directive);
  return alone.length > 0;
}

function contains(outer: Span, inner: Span): boolean {
  return (
    outer.file === inner.file &&
    outer.start.offset <= inner.start.offset &&
    inner.end.offset <= outer.end.offset
  );
}
