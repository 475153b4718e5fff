import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../../src/go/index.js';
import { ACCEPTED, REJECTED } from './cases.js';
import { REFUSED } from './refused-cases.js';
import { SUBSET_ACCEPTED, SUBSET_REJECTED } from './subset-cases.js';
import { askGo, load, rejected } from './support.js';
import { missing } from '../tools.js';

describe('programs that Go accepts', () => {
  it.each(Object.entries({ ...ACCEPTED, ...SUBSET_ACCEPTED }))('%s', async (_name, source) => {
    const result = await load(source);
    expect(
      result.ok ? [] : result.diagnostics.map(({ message, span }) => `${span?.start.line}: ${message}`),
    ).toEqual([]);
  });
});

describe('programs that Go rejects', () => {
  it.each(Object.entries(REJECTED))('%s', async (_name, [code, source]) => {
    const diagnostics = await rejected(source);
    expect(diagnostics.map((each) => each.code)).toContain(code);
    for (const each of diagnostics) expect(each.span).toBeDefined();
  });
});

describe('programs of the whole subset that Go rejects', () => {
  it.each(Object.entries(SUBSET_REJECTED))('%s', async (_name, [code, message, source]) => {
    const diagnostics = await rejected(source);
    const found = diagnostics.find((each) => each.code === code && each.message.includes(message));
    expect(found, JSON.stringify(diagnostics.map((each) => [each.code, each.message]))).toBeDefined();
    expect(found?.span).toBeDefined();
  });
});

describe('constructs that are refused by name', () => {
  const programs = Object.entries(REFUSED).flatMap(([name, sources]) =>
    sources.map((source) => [name, source] as const),
  );
  it.each(programs)('%s', async (name, source) => {
    const diagnostics = await rejected(source);
    const { construct, hint } = REFUSALS[name as keyof typeof REFUSALS];
    const refused = diagnostics.find((each) => each.message.startsWith(`not supported: ${construct}`));
    expect(refused, JSON.stringify(diagnostics.map((each) => each.message))).toBeDefined();
    expect(refused?.code).toBe('unsupported');
    expect(refused?.hint).toBe(hint);
    expect(refused?.span).toBeDefined();
  });
});

describe("Go's own type checker", () => {
  const skipped = missing('go');
  it.skipIf(skipped !== null)(skipped ?? 'gives the same verdicts', { timeout: 120_000 }, () => {
    const accepted = Object.entries({ ...ACCEPTED, ...SUBSET_ACCEPTED });
    const refusedByGo = [
      ...Object.entries(REJECTED).map(([name, [, source]]) => [name, source] as const),
      ...Object.entries(SUBSET_REJECTED).map(([name, [, , source]]) => [name, source] as const),
    ];
    const answers = askGo([...accepted, ...refusedByGo].map(([, source]) => source));
    const wrong = [...accepted, ...refusedByGo].flatMap(([name], index) => {
      const error = answers[index]?.error ?? '';
      return (error === '') === index < accepted.length ? [] : [`${name}: Go says "${error}"`];
    });
    expect(wrong).toEqual([]);
  });
});
