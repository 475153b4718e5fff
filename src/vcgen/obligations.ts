import type { CheckResult } from './check.js';
import { isProved } from './check.js';
import type { Countermodel, Obligation } from './obligation.js';

/** Results of all paths, gathered by obligation, in the order in which obligations were first met. */
export async function obligationsOf(
  operation: string | null,
  results: readonly CheckResult[],
): Promise<readonly Obligation[]> {
  const groups = new Map<string, CheckResult[]>();
  for (const result of results) {
    const id = obligationId(operation, result);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [result]);
    else group.push(result);
  }
  return Promise.all([...groups].map(([id, group]) => obligation(id, operation, group)));
}

function obligationId(operation: string | null, { request }: CheckResult): string {
  const parts = [operation ?? 'package', request.code, request.step, request.fact];
  // Without spaces, because ids are copied into shells.
  return parts
    .filter((part) => part !== null)
    .join('/')
    .replaceAll(/\s+/g, '-');
}

async function obligation(
  id: string,
  operation: string | null,
  group: readonly CheckResult[],
): Promise<Obligation> {
  const failed = group.find((result) => result.answer?.status === 'refuted');
  const unknown = group.find((result) => result.answer?.status === 'unknown');
  const shown = failed ?? unknown ?? group[0];
  if (shown === undefined) throw new Error('an obligation without results');
  const { request } = shown;
  const answers = group.flatMap((result) => (result.answer === null ? [] : [result.answer]));
  return {
    id,
    code: request.code,
    title: request.title,
    span: request.span,
    callers: request.callers ?? [],
    operation,
    conjunct: request.conjunct,
    access: request.access ?? null,
    status: group.every(isProved) ? 'proved' : failed === undefined ? 'unknown' : 'failed',
    reason: reasonOf(shown),
    countermodel: failed === undefined ? null : await countermodelOf(failed),
    queries: answers.length,
    quantifiedQueries: answers.filter((answer) => answer.quantified).length,
    rlimit: answers.reduce((total, answer) => total + answer.rlimit, 0),
    ms: answers.reduce((total, answer) => total + answer.ms, 0),
  };
}

function reasonOf({ request, answer }: CheckResult): string | null {
  if (answer === null || answer.status === 'proved') return null;
  if (answer.status === 'unknown') return `${answer.reason}: ${answer.message}`;
  return (
    request.reason ??
    (answer.trusted
      ? null
      : 'neither proved nor disproved: the state below may contradict a `forall` that was not used at every value')
  );
}

async function countermodelOf({ request, answer }: CheckResult): Promise<Countermodel | null> {
  if (answer?.status !== 'refuted' || request.scene === null) return null;
  const model = await answer.model();
  const { path, loop } = request.scene;
  return { path, loop, values: model === null ? [] : request.scene.values(model) };
}
