import { describe, expect, it } from 'vitest';
import type { Comparison, Subject } from './compare.js';
import { compareAnswer, compareWithGo } from './compare.js';
import { askGoTypes } from './go-facts.js';
import type { GoAnswer, GoExpression } from './go-facts.js';
import { compareMutations, present } from './mutation-run.js';
import {
  checkerPrograms,
  declarationsOf,
  generatedPrograms,
  ownPrograms,
  smallPrograms,
  suitePrograms,
  withoutImports,
} from './subjects.js';
import { missing } from '../tools.js';

/** As many subjects, evenly chosen. */
function some(subjects: readonly Subject[], count: number): readonly Subject[] {
  const step = Math.max(1, Math.ceil(subjects.length / count));
  return subjects.filter((_subject, index) => index % step === 0);
}

function disagreements(comparisons: readonly Comparison[]): readonly string[] {
  return comparisons.filter(({ outcome }) => outcome === 'disagree').map(present);
}

const skipped = missing('go');

describe.skipIf(skipped !== null)(
  `go/types and our checker agree${skipped === null ? '' : ` (${skipped})`}`,
  () => {
    it('about the small programs', async () => {
      const comparisons = await compareWithGo(smallPrograms());
      expect(disagreements(comparisons)).toEqual([]);
      expect(comparisons.filter(({ outcome }) => outcome === 'accepted').length).toBeGreaterThan(70);
    });

    it('about annotated programs and machines', async () => {
      const comparisons = await compareWithGo(some(ownPrograms(), 50));
      expect(disagreements(comparisons)).toEqual([]);
      expect(comparisons.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(1000);
    });

    it('about programs of the suite and random ones', async () => {
      const subjects = [...(await declarationsOf(suitePrograms())), ...generatedPrograms(60, 2)];
      const comparisons = await compareWithGo(subjects);
      const wrong = comparisons.filter(({ outcome }) => outcome === 'disagree');
      expect(wrong.map(present)).toEqual([]);
      expect(comparisons.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(3000);
    });

    it("about programs of Go's own tests", async () => {
      const files = withoutImports(checkerPrograms());
      expect(files.length).toBeGreaterThan(200);
      const subjects = [...files, ...some(await declarationsOf(files), 1000)];
      expect(disagreements(await compareWithGo(subjects))).toEqual([]);
    });

    it('about changed programs', async () => {
      // The packages behind machines use Go that their layers say nothing of.
      const annotated = ownPrograms().filter(({ name }) => !name.startsWith('machine/'));
      const subjects = [...smallPrograms(), ...(await declarationsOf(some(annotated, 20)))];
      const { disagreements: found } = await compareMutations(subjects, { count: 400, seed: 1 });
      expect(found.map(present)).toEqual([]);
    });
  },
);

describe.skipIf(skipped !== null)('the comparison finds', () => {
  const text = 'package p\n\nfunc f(a uint8) uint64 {\n\treturn uint64(a) + 1<<40\n}\n';
  const subject = { name: 'subject', files: [{ name: 'p.go', text }] };
  const [answer] = skipped === null ? askGoTypes([subject.files]) : [];
  const sum = (each: GoExpression): boolean => each.node === 'BinaryExpr' && each.value === '';
  const changed = (change: (each: GoExpression) => GoExpression): GoAnswer => ({
    error: '',
    names: answer?.names ?? [],
    expressions: answer?.expressions.map((each) => (sum(each) ? change(each) : each)) ?? [],
  });
  const problemsOf = async (given: GoAnswer): Promise<readonly string[]> =>
    (await compareAnswer(subject, given)).problems;

  it('nothing where there is nothing to find', async () => {
    expect(answer?.expressions.filter(sum)).toHaveLength(1);
    expect(await problemsOf(changed((each) => each))).toEqual([]);
  });

  it('another type, another value, a missing expression, another verdict', async () => {
    expect(await problemsOf(changed((each) => ({ ...each, type: 'int64' })))).toHaveLength(1);
    expect(await problemsOf(changed((each) => ({ ...each, value: '3' })))).toHaveLength(1);
    const elsewhere = (each: GoExpression): GoExpression => ({
      ...each,
      start: each.start + 1,
      inner: [each.start + 1, each.end],
    });
    expect(await problemsOf(changed(elsewhere))).toHaveLength(1);
    expect(await problemsOf({ ...changed((each) => each), error: 'wrong' })).toEqual([
      'only the tool accepts: wrong',
    ]);
    const wrong = { name: 'wrong', files: [{ name: 'p.go', text: text.replace('uint8', 'bool') }] };
    expect(
      (
        await compareAnswer(
          wrong,
          changed((each) => each),
        )
      ).problems,
    ).toMatchObject([expect.stringContaining('only Go accepts')]);
  });
});
