import type { Span } from '../../src/base/source.js';
import type { ReportContext } from '../../src/report/index.js';
import { PLAIN } from '../../src/report/index.js';
import type { Execution, Row } from '../../src/trace/index.js';
import type { ObligationVerdict, PackageVerdict, VerificationRun } from '../../src/verify/index.js';
import { SCHEMA } from '../../src/verify/index.js';

export const SOURCE = ['package p', '', 'func Write(a uint64) {', '\ttwodisk.Write1(a, v)', '}'];

export function context(change: Partial<ReportContext> = {}): ReportContext {
  return {
    palette: PLAIN,
    width: 120,
    sourceLine: (file, line) => (file === 'p/p.go' ? (SOURCE[line - 1] ?? null) : null),
    detail: 'normal',
    ...change,
  };
}

/** A span on one line of `p/p.go`. */
export function span(line: number, column: number, length = 1): Span {
  const offset = line * 100 + column;
  return {
    file: 'p/p.go',
    start: { line, column, offset },
    end: { line, column: column + length, offset: offset + length },
  };
}

function row(kind: Row['kind'], actor: string | null, text: string, change: Partial<Row> = {}): Row {
  return {
    actor,
    kind,
    text,
    span: null,
    changes: [],
    specification: ['disk[0] = 0'],
    note: null,
    ...change,
  };
}

export function execution(): Execution {
  return {
    parameters: [{ name: 'Size', value: '1' }],
    rows: [
      row('initial', null, 'initially'),
      row('invoke', 'thread 1', 'Write(0, block(1)) is called'),
      row('step', 'thread 1', 'twodisk.Write1(a, v)', {
        span: span(4, 2, 20),
        changes: [{ name: 'disk1[0]', before: 'block(0)', after: 'block(1)' }],
        specification: ['disk[0] = 0', 'disk[0] = 1'],
      }),
      row('crash', null, 'CRASH', { note: 'lost: thread 1' }),
      row('recovered', 'recovery', 'recovery ends'),
    ],
    violation: {
      kind: 'refinement',
      message: 'Read(0) returns block(0), which no order of the calls allows',
      span: null,
    },
    script: [1, 'crash', 2],
  };
}

export function obligation(change: Partial<ObligationVerdict> = {}): ObligationVerdict {
  return {
    id: 'Write/crash-invariant/Write1/crash-invariant.2',
    code: 'crash-invariant',
    title: 'the crash invariant holds after twodisk.Write1',
    location: { file: 'p/p.go', line: 4, column: 2 },
    op: 'Write',
    verdict: 'proved',
    cached: false,
    queries: 2,
    quantified: 0,
    rlimit: 100,
    ms: 12.5,
    ...change,
  };
}

export function packageVerdict(obligations: readonly ObligationVerdict[]): PackageVerdict {
  return {
    path: 'p',
    refines: 'ReplicatedDisk(Size)',
    over: 'TwoDisk(Size)',
    verdict: 'proved',
    obligations,
    choices: [
      {
        kind: 'commit',
        operation: 'Write',
        span: span(4, 2),
        text: 'twodisk.Write2(a, v)',
        note: 'first disk only',
      },
    ],
    exploration: null,
    disagreement: null,
    annotationLines: 9,
    goLines: 30,
    statistics: { queries: 2, quantified: 0, solverMs: 12 },
    ms: 230,
  };
}

export function run(packages: readonly PackageVerdict[]): VerificationRun {
  return {
    schema: SCHEMA,
    tool: { name: 'armada-verify', version: '0.1.0', solver: 'z3-solver 5.2.0 (WebAssembly)' },
    settings: { rlimit: 1000, timeoutSeconds: 20, seed: 0, jobs: 2, filter: null, exploreSeconds: 10 },
    packages,
    diagnostics: [],
    summary: { proved: 1, refuted: 0, unproved: 0, vacuous: 0, assumed: 0 },
    statistics: { queries: 2, solverMs: 12, maxQueryMs: 7, quantified: 0, unknown: 0, memoryBytes: 1 },
    ms: 240,
  };
}
