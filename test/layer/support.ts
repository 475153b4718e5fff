import { expect } from 'vitest';
import type { Result } from '../../src/base/diagnostic.js';
import { UINT64, type Expression, type Type } from '../../src/ir/index.js';
import { FreshNames, type Entity, type Scope } from '../../src/layer/index.js';

/** The value of a result that must be there. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(messagesOf(result).join('\n'));
  return result.value;
}

/** `line:column-column message`, for each diagnostic. */
export function messagesOf(result: Result<unknown>): readonly string[] {
  if (result.ok) return [];
  return result.diagnostics.map(({ span, message, hint }) => {
    const place = span && `${span.start.line}:${span.start.column}-${span.end.column}`;
    return [place, message, hint].filter((part) => part !== undefined).join(' | ');
  });
}

export function expectMessage(result: Result<unknown>, expected: string): void {
  expect(messagesOf(result).map((message) => message.split(' | ').slice(0, 2).join(' '))).toContain(expected);
}

const BLOCKS: Type = { kind: 'map', key: UINT64, value: { kind: 'block' } };
const NUMBERS: Type = { kind: 'seq', element: UINT64 };
const SMALL: Type = { kind: 'integer', bits: 8, signed: false };
const PAIR: Type = {
  kind: 'record',
  name: 'Pair',
  fields: [
    { name: 'first', type: UINT64 },
    { name: 'second', type: { kind: 'bool' } },
  ],
};

function state(variable: string, type: Type): [string, Entity] {
  const expression: Expression = { kind: 'state', variable, old: false, type };
  return [variable, { kind: 'value', expression }];
}

/** A scope with a bit of everything. */
export function sampleScope(): Scope {
  const entities = new Map<string, Entity>([
    state('disk', BLOCKS),
    state('spec.disk', BLOCKS),
    state('numbers', NUMBERS),
    state('ok', { kind: 'bool' }),
    state('small', SMALL),
    state('signed', { kind: 'integer', bits: 64, signed: true }),
    state('chosen', { kind: 'option', value: UINT64 }),
    state('members', { kind: 'set', element: UINT64 }),
    state('pair', PAIR),
    state('db.count', UINT64),
    state('sum', UINT64),
    ['Size', { kind: 'value', expression: { kind: 'parameter', name: 'Size', type: UINT64 } }],
    ['N', { kind: 'constant', value: 3n }],
  ]);
  return {
    lookup: (name) => entities.get(name) ?? null,
    lookupType: (name) => (name === 'Pair' ? PAIR : null),
    lookupOperation: (name) => {
      return name === 'Write' ? { name, parameters: [UINT64, { kind: 'block' }] } : null;
    },
    lockInvariant: (lock, key) => {
      if (lock !== 'locks' || key === null) {
        return { ok: false, diagnostics: [{ code: 'name', message: `no lock array '${lock}'` }] };
      }
      const index = key(UINT64);
      if (!index.ok) return index;
      const zero: Expression = { kind: 'literal', value: 0n, type: UINT64 };
      return {
        ok: true,
        value: { kind: 'binary', operator: 'equal', left: index.value, right: zero, type: { kind: 'bool' } },
      };
    },
    allowOld: true,
    candidates: () => [...entities.keys()],
    names: new FreshNames(),
  };
}
