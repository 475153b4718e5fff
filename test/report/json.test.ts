import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/report/index.js';
import { execution, obligation, packageVerdict, run, span } from './fixture.js';

const schema = JSON.parse(
  readFileSync(new URL('../../src/report/schema.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv({ allErrors: true }).compile(schema);

function check(text: string): unknown {
  return validate(JSON.parse(text)) ? null : validate.errors;
}

describe('JSON', () => {
  it('of a run with every kind of content fits the published schema', () => {
    const access = {
      actor: 'thread 1',
      operation: 'Add',
      kind: 'write' as const,
      location: 'x',
      text: 'x++',
      span: span(4, 2),
      locks: ['mu'],
    };
    const race = { kind: 'race' as const, message: 'm', span: null, accesses: [access, access] };
    const refuted = obligation({ verdict: 'refuted', trace: { ...execution(), violation: race } });
    const unproved = obligation({
      verdict: 'unproved',
      reason: 'r',
      conjunct: 'c',
      accesses: [
        {
          op: 'Add',
          kind: 'read',
          variable: 'x',
          location: { file: 'p.go', line: 1, column: 2 },
          text: 'x++',
          locks: ['mu'],
          perhaps: [],
        },
      ],
      calledFrom: [{ location: { file: 'p/p.go', line: 4, column: 2 }, caller: 'Write' }],
      state: {
        values: [{ name: 'x', before: null, value: '1' }],
        loop: null,
        path: [{ span: span(4, 2), text: 't', note: null }],
      },
    });
    const entry = packageVerdict([refuted, unproved, obligation()]);
    const notSearched = { code: 'unsupported' as const, message: 'm', span: span(1, 1) };
    const whole = {
      ...run([{ ...entry, notSearched, deadlock: execution() }]),
      diagnostics: [{ code: 'syntax' as const, message: 'm', span: span(1, 1), hint: 'h' }],
    };
    expect(check(renderJson(whole))).toBeNull();
  });

  it('without a required field, or with an unknown one, does not', () => {
    expect(check(JSON.stringify({ ...run([]), summary: undefined }))).not.toBeNull();
    expect(check(JSON.stringify({ ...run([]), more: 1 }))).not.toBeNull();
  });
});
