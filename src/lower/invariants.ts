import type { Span } from '../base/source.js';
import { BOOL, walkExpression } from '../ir/index.js';
import type { Guarantee, Invariant, Lock, StateVariable } from '../ir/index.js';
import type { Directive } from '../layer/index.js';
import { checkExpression } from '../layer/index.js';
import type { Scopes } from './annotation-scope.js';
import type { Directives } from './directives.js';
import type { Linked } from './linked.js';
import { globalAnnotations } from './refines.js';
import type { Reports } from './reports.js';

interface Inputs {
  readonly linked: Linked;
  readonly directives: Directives;
  readonly reports: Reports;
  /** Names of the packages, with `invariant(lock)`. */
  readonly scopes: Scopes;
  readonly state: readonly StateVariable[];
  readonly locks: readonly Lock[];
}

/** Package-level formulas. */
export interface Formulas {
  readonly invariants: readonly Invariant[];
  readonly crashInvariants: readonly Invariant[];
  readonly guarantees: readonly Guarantee[];
}

export function findFormulas(inputs: Inputs): Formulas {
  const invariants: Invariant[] = [];
  const crashInvariants: Invariant[] = [];
  const guarantees: Guarantee[] = [];
  for (const directive of new Set(inputs.directives.all(globalAnnotations(inputs.linked)))) {
    switch (directive.kind) {
      case 'invariant':
      case 'abstraction':
        pushFormula(inputs, directive, directive.kind, invariants);
        break;
      case 'crashInvariant': {
        const added = pushFormula(inputs, directive, 'crash invariant', crashInvariants);
        if (added !== null) checkDurable(added, inputs);
        break;
      }
      case 'guarantee':
        pushGuarantee(inputs, directive, guarantees);
        break;
      default:
    }
  }
  return { invariants, crashInvariants, guarantees };
}

type FormulaDirective = Extract<
  Directive,
  { kind: 'invariant' | 'abstraction' | 'crashInvariant' | 'assert' | 'assume' }
>;

/** Later formulas of a kind are numbered: `invariant`, `invariant 2`; those of imported packages for themselves: `wal.invariant`. */
function numbered(
  kindOf: string,
  { linked }: Inputs,
  span: Span,
  earlier: readonly { readonly name: string }[],
): string {
  const kind = linked.nameOf({ name: kindOf, span });
  const count = earlier.filter((each) => each.name === kind || each.name.startsWith(`${kind} `)).length;
  return count === 0 ? kind : `${kind} ${count + 1}`;
}

function pushFormula(
  inputs: Inputs,
  directive: FormulaDirective,
  kind: string,
  list: Invariant[],
): Invariant | null {
  inputs.directives.use(directive);
  const { expression: syntax, text, span } = directive.clause;
  const checked = checkExpression(syntax, inputs.scopes(span.file), BOOL);
  if (!checked.ok) {
    inputs.reports.addAll(checked.diagnostics);
    return null;
  }
  const invariant = { name: numbered(kind, inputs, span, list), text, expression: checked.value, span };
  list.push(invariant);
  return invariant;
}

/** A crash invariant speaks of what survives a crash: durable state, the specification and pending operations. */
function checkDurable(invariant: Invariant, inputs: Inputs): void {
  const reported = new Set<string>();
  walkExpression(invariant.expression, (node) => {
    if (node.kind !== 'state' || reported.has(node.variable)) return;
    const variable = inputs.state.find((each) => each.name === node.variable);
    if (variable === undefined || variable.side === 'specification' || variable.durability === 'durable')
      return;
    reported.add(node.variable);
    inputs.reports.add('layer', durableMessage(variable), node.span ?? invariant.span, DURABLE_HINT);
  });
}

const DURABLE_HINT =
  'A crash invariant may mention durable state of the machine, the specification (`spec.x`) and pending operations (`j => Op(x)`).';

function durableMessage(variable: StateVariable): string {
  switch (variable.origin) {
    case 'lock':
    case 'ghost':
      return `a crash invariant cannot mention the lock ${variable.name}: locks end with the crash`;
    case 'memory':
    case 'atomic':
      return `a crash invariant cannot mention the package variable ${variable.name}: memory ends with the crash`;
    case 'layer':
      return `a crash invariant cannot mention ${variable.name}: it is volatile and ends with the crash`;
  }
}

function pushGuarantee(
  inputs: Inputs,
  directive: Extract<Directive, { kind: 'guarantee' }>,
  list: Guarantee[],
): void {
  const { directives, linked, reports } = inputs;
  directives.use(directive);
  const { unless, clause, span } = directive;
  const scope = inputs.scopes(span.file);
  const lock = unless === null ? null : linked.resolve(unless.name, span.file);
  if (unless !== null && !inputs.locks.some((each) => each.name === lock)) {
    reports.add('name', `there is no lock ${unless.name}`, unless.span);
  }
  const condition = directive.condition === null ? null : checkExpression(directive.condition, scope, BOOL);
  const checked = checkExpression(clause.expression, { ...scope, allowOld: true }, BOOL);
  if (condition?.ok === false) reports.addAll(condition.diagnostics);
  if (!checked.ok) {
    reports.addAll(checked.diagnostics);
    return;
  }
  list.push({
    name: numbered('guarantee', inputs, span, list),
    text: clause.text,
    unless: lock,
    condition: condition?.ok === true ? condition.value : null,
    expression: checked.value,
    span: clause.span,
  });
}
