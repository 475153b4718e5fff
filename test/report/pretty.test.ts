import { describe, expect, it } from 'vitest';
import type { Palette } from '../../src/report/index.js';
import { renderDiagnostics, renderExecution, renderPretty } from '../../src/report/index.js';
import { context, execution, obligation, packageVerdict, run, span } from './fixture.js';

describe('a refuted obligation', () => {
  const refuted = obligation({
    verdict: 'refuted',
    conjunct: 'ok1 ==> disk1[a] == spec.disk[a]',
    trace: execution(),
  });
  const text = renderPretty(run([packageVerdict([refuted])]), context());
  const lines = text.split('\n');

  it('starts with what is wrong in a sentence', () => {
    expect(lines[0]).toBe(
      'refuted[crash-invariant]: Write: Read(0) returns block(0), which no order of the calls allows',
    );
  });

  it('quotes the source line with a caret below the column', () => {
    const caret = lines.findIndex((line) => line.includes('^'));
    expect(lines[caret - 1]).toBe('4 |     twodisk.Write1(a, v)');
    expect(lines[caret]).toBe('  |     ^');
  });

  it('names the conjunct, shows the crash and says how to replay', () => {
    expect(text).toContain('broken: ok1 ==> disk1[a] == spec.disk[a]');
    expect(text).toMatch(/\n3 +CRASH +lost: thread 1 /);
    expect(text).toContain('armada-verify trace Write/crash-invariant/Write1/crash-invariant.2 --replay');
  });

  it('shows changes on one side and the specification on the other, only where it changed', () => {
    const step = lines.find((line) => line.includes('thread 1  :4'));
    expect(step).toMatch(
      /thread 1 +:4 +twodisk\.Write1\(a, v\) +disk1\[0\]: block\(0\) → block\(1\) +disk\[0\] = 0/,
    );
    expect(lines.find((line) => line.includes('is called'))).not.toContain('disk[0] = 0');
  });

  it('fits the width', () => {
    const narrow = renderExecution(execution(), context({ width: 80 }));
    expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(narrow.replaceAll(/\s+/g, '')).toContain('Write(0,');
  });

  it('shows an execution that refutes several obligations once', () => {
    const second = { ...refuted, id: 'Write/effect' };
    const both = renderPretty(run([packageVerdict([refuted, second])]), context());
    expect(both.match(/CRASH/g)).toHaveLength(1);
    expect(both).toContain('the same execution refutes Write/effect (p/p.go:4)');
  });
});

describe('a race', () => {
  const access = { variable: 'total', location: { file: 'p/p.go', line: 4, column: 2 }, text: 'total++' };
  const race = obligation({
    verdict: 'refuted',
    op: 'Add',
    id: 'Add/race/total.Store',
    code: 'race',
    title: 'no data race: this thread holds the lock that guards total',
    accesses: [
      { ...access, op: 'Add', kind: 'write', locks: ['mu (shared)'], perhaps: [] },
      { ...access, op: 'Get', kind: 'read', locks: [], perhaps: ['t'] },
    ],
    trace: execution(),
  });

  it('is not called what the execution shows, where that is something else', () => {
    const lines = renderPretty(run([packageVerdict([race])]), context()).split('\n');
    expect(lines[0]).toBe('refuted[race]: Add: no data race: this thread holds the lock that guards total');
    expect(lines.slice(4, 7)).toEqual([
      '  here: Add writes total, holding mu (shared)',
      '  while: in another thread Get reads it at p/p.go:4 (`total++`), holding no lock, perhaps t',
      '  shown: the package is wrong: Read(0) returns block(0), which no order of the calls allows',
    ]);
  });

  it('is not what a wrong result is shown for, where another obligation is about that', () => {
    const wrong = obligation({ verdict: 'refuted', code: 'result', trace: execution() });
    const text = renderPretty(run([packageVerdict([race, wrong])]), context());
    expect(text).toMatch(/^refuted\[result\]: Write: Read\(0\) returns/);
    expect(text).toContain('the same execution refutes Add/race/total.Store');
  });

  it('shows both accesses of the execution with their locks', () => {
    const both = { operation: 'Add', location: 'total', text: 'total++', span: span(4, 2) };
    const violation = {
      kind: 'race' as const,
      message: 'data race on total',
      span: null,
      accesses: [
        { ...both, actor: 'thread 1', kind: 'write' as const, locks: ['mu (shared)', 'locks[1]'] },
        { ...both, actor: 'thread 2', kind: 'read' as const, locks: [] },
      ],
    };
    const lines = renderExecution({ ...execution(), violation }, context()).split('\n');
    expect(lines.slice(-3)).toEqual([
      '=> data race on total',
      '   thread 1, in Add, writes total at p.go:4, holding mu (shared), locks[1]',
      '   thread 2, in Add, reads total at p.go:4, without a mutex',
    ]);
  });

  it('of which no execution is known names what can collide', () => {
    const text = renderPretty(
      run([packageVerdict([{ ...race, verdict: 'unproved', trace: undefined } as never])]),
      context(),
    );
    expect(text).toContain('while: in another thread Get reads it at p/p.go:4');
  });
});

describe('an unproved obligation', () => {
  const unproved = obligation({
    verdict: 'unproved',
    reason: 'the crash invariant does not hold afterwards',
    state: {
      values: [
        { name: 'disk1[0]', before: 'block(0)', value: 'block(1)' },
        { name: 'ok1', before: null, value: 'true' },
      ],
      path: [{ span: span(4, 2), text: 'twodisk.Write1(a, v)', note: 'ok' }],
      loop: null,
    },
  });
  const text = renderPretty(run([packageVerdict([unproved])]), context());

  it('shows the state, says that it may be unreachable and which invariant to strengthen', () => {
    expect(text).toContain('disk1[0] = block(1) (was block(0))');
    expect(text).toContain('may be unreachable');
    expect(text).toContain('strengthen the invariant');
    expect(text).toContain('p.go:4  twodisk.Write1(a, v)');
  });
});

describe('a failure in a helper, behind a loop', () => {
  const failure = obligation({
    verdict: 'unproved',
    calledFrom: [
      { location: { file: 'p/p.go', line: 7, column: 2 }, caller: 'both' },
      { location: { file: 'p/p.go', line: 9, column: 2 }, caller: 'Write' },
    ],
    state: { values: [], path: [], loop: span(3, 2) },
  });
  const text = (each: typeof failure): string => renderPretty(run([packageVerdict([each])]), context());

  it('shows the calls that lead there, and advises on the loop first', () => {
    expect(text(failure)).toContain('called from: p.go:7 in both, called from p.go:9 in Write');
    expect(text(failure)).toContain('help: of what the loop at p.go:3 changes, only what its invariants say');
    expect(text(failure).replaceAll(/\s+/g, ' ')).toContain('Otherwise: if no execution reaches this state');
  });

  it('is told of the loop only where that may be what is missing', () => {
    expect(text({ ...failure, code: 'loop-invariant' })).not.toContain('Otherwise');
    expect(text({ ...failure, state: { values: [], path: [], loop: null } })).not.toContain('Otherwise');
  });
});

describe('a package whose executions cannot be searched', () => {
  it('has a note that says why, with the place', () => {
    const entry = packageVerdict([obligation({ verdict: 'unproved' })]);
    const notSearched = { code: 'unsupported', message: 'too many values', span: span(4, 2, 14) } as const;
    const text = renderPretty(run([{ ...entry, notSearched }]), context());
    expect(text).toContain('note: no execution was searched for: too many values\n --> p/p.go:4:2\n');
    expect(text).toContain('^'.repeat(14));
  });
});

describe('a proved package in which threads wait for ever', () => {
  it('has a warning with the execution, and says that it is not among what is proved', () => {
    const violation = { kind: 'deadlock', message: 'nobody can go on', span: span(4, 2, 3) } as const;
    const deadlock = { ...execution(), violation };
    const text = renderPretty(run([{ ...packageVerdict([obligation()]), deadlock }]), context());
    expect(text).toContain('warning[deadlock]: p: nobody can go on\n --> p/p.go:4:2\n');
    expect(text).toContain('is not among what is proved');
    expect(text).toContain('=> nobody can go on');
    expect(text).toContain('armada-verify trace deadlock --replay');
  });
});

describe('a path', () => {
  it('has one row for a statement with several steps, and every remark', () => {
    const row = (line: number, text: string, note: string | null) => ({ span: span(line, 2), text, note });
    const path = [
      row(4, 'count++', null),
      row(4, 'count++', null),
      row(5, 'n--', 'Write takes effect'),
      row(5, 'n--', null),
    ];
    const unproved = obligation({ verdict: 'unproved', state: { values: [], path, loop: null } });
    const text = renderPretty(run([packageVerdict([unproved])]), context());
    expect(text.match(/count\+\+/g)).toHaveLength(1);
    expect(text).toContain('Write takes effect');
  });
});

describe('obligations that rely on an assumption', () => {
  it('are counted, not listed', () => {
    const assumed = (id: string) =>
      obligation({ id, verdict: 'assumed', reason: 'relies on the `assume` at p.go:4' });
    const text = renderPretty(run([packageVerdict([assumed('a'), assumed('b')])]), context());
    expect(text).toContain('2 obligations proved only under an assumption');
    expect(text.match(/relies on/g)).toHaveLength(1);
  });
});

describe('the end of a run', () => {
  it('has one line for each package and the settings', () => {
    const text = renderPretty(run([packageVerdict([obligation()])]), context());
    expect(text).toMatch(/^p +proved +1 +1 +0 +0 +2 +0 +0\.23 s$/m);
    expect(text).toContain('Write takes effect at p.go:4  twodisk.Write1(a, v)');
    const note = 'may return while this goroutine still runs: why';
    const choice = { kind: 'goroutine' as const, operation: 'Write', span: span(4, 2), text: '', note };
    const left = renderPretty(run([{ ...packageVerdict([]), choices: [choice] }]), context());
    expect(left).toContain(`Write ${note}  p.go:4  twodisk.Write1(a, v)`);
    expect(text).toContain('rlimit 1000, time-out 20 s, seed 0');
  });

  it('is left out when quiet, and so is everything proved', () => {
    expect(renderPretty(run([packageVerdict([obligation()])]), context({ detail: 'quiet' }))).toBe('');
  });

  it('lists every obligation when verbose', () => {
    const text = renderPretty(run([packageVerdict([obligation()])]), context({ detail: 'verbose' }));
    expect(text).toContain('Write/crash-invariant/Write1/crash-invariant.2');
  });
});

describe('input errors', () => {
  it('point at the characters', () => {
    const text = renderDiagnostics(
      [{ code: 'name', message: 'no op Wrte', span: span(4, 10, 6), hint: 'did you mean Write?' }],
      context(),
    );
    expect(text.split('\n')).toEqual([
      'error[name]: no op Wrte',
      ' --> p/p.go:4:10',
      '4 |     twodisk.Write1(a, v)',
      '  |             ^^^^^^',
      '  help: did you mean Write?',
    ]);
  });

  it('never pass control characters of the source on to the terminal', () => {
    const text = renderDiagnostics([{ code: 'name', message: 'bad \u001b[31m name \u202e' }], context());
    // eslint-disable-next-line no-control-regex -- that is what is tested
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('colours', () => {
  it('come from the palette only', () => {
    const palette: Palette = {
      bad: (text) => `<b>${text}</b>`,
      good: (text) => `<g>${text}</g>`,
      doubtful: (text) => text,
      strong: (text) => text,
      faint: (text) => text,
      accent: (text) => text,
    };
    const text = renderPretty(run([packageVerdict([obligation()])]), context({ palette }));
    expect(text).toContain('<g>proved ');
  });
});
