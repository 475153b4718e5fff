import { bvLessEqual } from '../encoding/index.js';
import type { Code, ContractClause, Expression, Procedure } from '../ir/index.js';
import { invokedFrom, procedureOf, walkExpression } from '../ir/index.js';
import { showExpression } from '../ir/show.js';
import { conjuncts } from './conjuncts.js';
import type { SymbolicValue } from './layout.js';
import { symbolicConstant } from './layout.js';
import { localValue } from './local-forks.js';
import { lexicographicallyLess } from './measure.js';
import { assuming, knownOn, type Path } from './path.js';
import { equalValues, leaf, symbolicDomain } from './symbolic-domain.js';
import type { Theory } from './theory.js';
import type { Demand, InstructionOf } from './mode.js';

/** What a call by contract demands, and the path after it. */
interface Invoked {
  readonly demands: readonly Demand[];
  readonly after: Path;
}

/**
 * A call of a procedure: what it requires is demanded; of what it returns, and of the memory that it may change, only what it ensures is
 * known. `recursion`: what is demanded of the measure, where the call may be one of a procedure by itself.
 */
export function invoked(
  theory: Theory,
  path: Path,
  instruction: InstructionOf<'invoke'>,
  recursion: (callee: Procedure, args: readonly SymbolicValue[]) => readonly Demand[],
): Invoked {
  const procedure = procedureOf(theory.system.procedures, instruction.procedure);
  const args = instruction.arguments.map((argument) => localValue(theory, path, argument));
  const called = calledLocals(procedure, args);
  const demands = [...requirements(theory, path, procedure, called), ...recursion(procedure, args)];
  const ended = endedLocals(theory, path, procedure, called);
  const known = [
    ...procedure.changes.map(({ count }) =>
      bvLessEqual(leaf(at(ended, count.before)), leaf(at(ended, count.after)), false),
    ),
    ...procedure.ensures.map(({ expression }) => leaf(valueOver(theory, path, ended, expression))),
  ];
  const locals = [...path.locals];
  instruction.results.forEach((target, index) => {
    if (target !== null) locals[target] = at(ended, procedure.results[index]);
  });
  return { demands, after: { ...assuming(path, ...known), locals, position: path.position + 1 } };
}

/** Locals of a procedure's code when it begins: zero, but for what it is given. */
function calledLocals(procedure: Procedure, args: readonly SymbolicValue[]): readonly SymbolicValue[] {
  const locals = procedure.code.locals.map(({ type }) => symbolicDomain.zero(type));
  procedure.parameters.forEach((local, index) => {
    const value = args[index];
    if (value === undefined) throw new Error(`${procedure.name} is called with too few arguments`);
    locals[local] = value;
  });
  return locals;
}

/** The path on which a procedure begins: what it requires holds. */
export function required(
  theory: Theory,
  path: Path,
  procedure: Procedure,
  args: readonly SymbolicValue[],
): Path {
  const locals = calledLocals(procedure, args);
  const known = procedure.requires.map(({ expression }) => leaf(valueOver(theory, path, locals, expression)));
  return { ...assuming(path, ...known), locals };
}

/** The same with any results; memory is what it was, but for what the frame leaves open. */
function endedLocals(
  theory: Theory,
  path: Path,
  procedure: Procedure,
  called: readonly SymbolicValue[],
): readonly SymbolicValue[] {
  const locals = [...called];
  for (const local of procedure.results) {
    const declared = procedure.code.locals[local];
    if (declared === undefined) throw new Error(`${procedure.name} has no local ${local}`);
    locals[local] = symbolicConstant(theory.freshName(declared.name), declared.type);
  }
  const framed = procedure.changes.map(({ frame }) => valueOver(theory, path, locals, frame));
  procedure.changes.forEach(({ contents }, index) => {
    locals[contents.after] = framed[index] ?? [];
  });
  return locals;
}

/** The value of an expression over other locals than the path's. */
function valueOver(
  theory: Theory,
  path: Path,
  locals: readonly SymbolicValue[],
  expression: Expression,
): SymbolicValue {
  return localValue(theory, { ...path, locals }, expression);
}

function requirements(
  theory: Theory,
  path: Path,
  procedure: Procedure,
  called: readonly SymbolicValue[],
): readonly Demand[] {
  return procedure.requires.flatMap((clause, index) =>
    clauseDemands(theory, path, procedure, called, clause).map((demand): Demand => ({
      ...demand,
      code: 'requires',
      fact: `${procedure.name} ${index + 1} ${demand.fact ?? ''}`.trim(),
      title: `what ${procedure.name} requires holds where it is called: \`${clause.text}\``,
    })),
  );
}

/** What a procedure has to show when it returns: what it ensures, and that it changes no other memory than it is given. */
export function promises(
  theory: Theory,
  path: Path,
  procedure: Procedure,
  values: readonly SymbolicValue[],
): readonly Demand[] {
  const ended = [...path.locals];
  procedure.results.forEach((local, index) => {
    ended[local] = at(values, index);
  });
  return [
    ...procedure.ensures.flatMap((clause, index) =>
      clauseDemands(theory, path, procedure, ended, clause).map((demand): Demand => ({
        ...demand,
        code: 'ensures',
        fact: `${index + 1} ${demand.fact ?? ''}`.trim(),
        title: `what ${procedure.name} ensures holds when it returns: \`${clause.text}\``,
        span: clause.span,
      })),
    ),
    ...procedure.changes.map((change, index) => unchanged(theory, path, procedure, ended, change, index)),
  ];
}

function unchanged(
  theory: Theory,
  path: Path,
  procedure: Procedure,
  ended: readonly SymbolicValue[],
  { contents, frame }: Procedure['changes'][number],
  index: number,
): Demand {
  const type = procedure.code.locals[contents.after]?.type;
  if (type === undefined) throw new Error(`${procedure.name} has no local ${contents.after}`);
  return {
    code: 'ensures',
    fact: `frame ${index + 1}`,
    title: `${procedure.name} changes nothing in memory but what its parameters refer to and what it makes`,
    conjunct: null,
    hypotheses: knownOn(path),
    goal: equalValues(type, at(ended, contents.after), valueOver(theory, path, ended, frame)),
    span: procedure.span,
  };
}

function clauseDemands(
  theory: Theory,
  path: Path,
  { code }: Procedure,
  locals: readonly SymbolicValue[],
  { expression, text }: ContractClause,
): readonly Pick<Demand, 'fact' | 'conjunct' | 'hypotheses' | 'goal'>[] {
  const parts = conjuncts(expression);
  return parts.map((part, index) => ({
    fact: parts.length === 1 ? null : `conjunct ${index + 1}`,
    conjunct:
      parts.length === 1 || isOfMemory(part, code) ? text : showExpression(part, { locals: code.locals }),
    hypotheses: knownOn(path),
    goal: leaf(valueOver(theory, path, locals, part)),
  }));
}

/** Whether an expression speaks of memory, for which users have other names. */
function isOfMemory(expression: Expression, { locals }: Code): boolean {
  let found = false;
  walkExpression(expression, (node) => {
    found ||= node.kind === 'local' && locals[node.index]?.name.startsWith('$') === true;
  });
  return found;
}

/**
 * What is demanded of a call in the code of a procedure: that its measure is below that of the procedure's own call, if the callee may call it
 * again.
 */
export function smaller(
  theory: Theory,
  path: Path,
  caller: Procedure,
  own: readonly SymbolicValue[],
  callee: Procedure,
  args: readonly SymbolicValue[],
): readonly Demand[] {
  const { procedures } = theory.system;
  if (callee !== caller && !invokedFrom(procedures, callee.code).has(caller.name)) return [];
  const measure = (procedure: Procedure, values: readonly SymbolicValue[]): readonly SymbolicValue[] => {
    const locals = calledLocals(procedure, values);
    return (procedure.decreases ?? []).map((each) => valueOver(theory, path, locals, each));
  };
  const [before, after] = [measure(caller, own), measure(callee, args)];
  return [
    {
      code: 'termination',
      fact: callee.name,
      title: `the calls end: the measure of ${callee.name} is smaller here than that with which ${caller.name} was called`,
      conjunct: null,
      hypotheses: knownOn(path),
      goal: lexicographicallyLess(after, before),
    },
  ];
}

function at(values: readonly SymbolicValue[], index: number | undefined): SymbolicValue {
  const value = index === undefined ? undefined : values[index];
  if (value === undefined) throw new Error(`no value ${String(index)}`);
  return value;
}
