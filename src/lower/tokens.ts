import type { Span } from '../base/source.js';
import { BOOL, THREAD, UINT64 } from '../ir/index.js';
import type { StateVariable, Type } from '../ir/index.js';
import type { Directives } from './directives.js';
import type { Linked } from './linked.js';
import { defaultOf } from './operators.js';
import { globalAnnotations } from './refines.js';
import type { Reports } from './reports.js';
import type { LockSite } from './storage.js';

/** Locks that are there for the proof only: `token l guards ...`, `token turn[t]`. */
export interface Tokens {
  readonly sites: readonly LockSite[];
  readonly state: readonly StateVariable[];
}

export function findTokens(
  linked: Linked,
  directives: Directives,
  reports: Reports,
  locks: readonly LockSite[],
): Tokens {
  const sites: LockSite[] = [];
  const state: StateVariable[] = [];
  const frozen = new Set(
    linked.packages
      .flatMap((each) => directives.everywhere(each))
      .flatMap((directive) =>
        directive.kind === 'freeze' ? [linked.resolve(directive.token.name, directive.span.file)] : [],
      ),
  );
  for (const directive of new Set(directives.all(globalAnnotations(linked)))) {
    if (directive.kind !== 'token') continue;
    const { span } = directive.lock;
    const name = linked.nameOf(directive.lock);
    const isTaken = [...locks, ...sites].some((site) => site.name === name) || isDeclared(linked, name);
    if (isTaken)
      reports.add('name', `${name} is declared already`, span, 'Give the token a name of its own.');
    if (isTaken) continue;
    const indexed = directive.index !== null;
    const [locked, owner] = [`${name}.held`, `${name}.owner`];
    state.push(tokenVariable(locked, BOOL, indexed, span), tokenVariable(owner, THREAD, indexed, span));
    const done = frozen.has(name) ? `${name}.frozen` : null;
    if (done !== null) state.push(tokenVariable(done, BOOL, indexed, span));
    sites.push({ name, locked, readers: null, owner, done, indexed, count: null, span });
  }
  return { sites, state };
}

function isDeclared(linked: Linked, name: string): boolean {
  return linked.variables.some((each) => linked.nameOf(each.variable) === name);
}

function tokenVariable(name: string, value: Type, indexed: boolean, span: Span): StateVariable {
  const type: Type = indexed ? { kind: 'map', key: UINT64, value } : value;
  const volatile = { durability: 'volatile', unleasable: false, initial: defaultOf(type) } as const;
  return { name, type, side: 'machine', origin: 'ghost', ...volatile, span };
}
