import type { Expression, Instruction, Procedure } from '../ir/index.js';
import { BOOL, evaluatedExpressions } from '../ir/index.js';
import type { GoType, Variable } from '../go/index.js';
import { showGoType } from '../go/index.js';
import { InstructionBuilder } from './builder.js';
import { checkMapLoops, newLowering } from './code.js';
import { leadsTo } from './contained.js';
import { readContract } from './contract.js';
import { checkOpenCalls } from './function-value.js';
import { enterFrame, finishReturn } from './inline.js';
import type { Lowering, PackageContext } from './lowering.js';
import { currentFrame } from './lowering.js';
import { localOf } from './operators.js';
import { changedMemory, keptInLoops, refersInside } from './passed-memory.js';
import type { ContractDirective, LoweredProcedure, ProcedureCode } from './procedures.js';
import { assumeWellFormed } from './reference.js';
import type { PassedMemory } from './memory-context.js';
import type { Moment } from './region-code.js';
import { mapOf } from './memory-access.js';
import type { Region } from './region.js';
import { referenceOf } from './region.js';
import { speaksOfState } from './speaks-of-state.js';
import { declareVariable } from './variable.js';

/** Lowers a function that is verified on its own, with all that has no contract inlined into it. */
export function lowerProcedure(
  context: PackageContext,
  procedure: ProcedureCode,
  contract: readonly ContractDirective[],
): LoweredProcedure {
  const { declaration, name } = procedure;
  const text = `func ${context.linked.functionName(declaration)}`;
  const source = { span: declaration.nameSpan, text, callers: [] };
  const builder = new InstructionBuilder(source);
  const lowering = newLowering(context, builder, 'procedure');
  const variables = [
    ...(declaration.receiver === null ? [] : [declaration.receiver]),
    ...declaration.parameters,
  ];
  refuseTypes(lowering, procedure, variables);
  const given = procedure.parameters.map((type, index) =>
    localOf(builder.newLocal(variables[index]?.name ?? '_', type), type),
  );
  const returned = procedure.results.map((type, index) =>
    localOf(builder.newHidden(declaration.results[index]?.name ?? 'result', type), type),
  );
  const clauses = readContract(lowering, procedure, contract, given, returned);
  for (const each of given) assumeWellFormed(lowering, each);
  variables.forEach((variable, index) => {
    const value = given[index];
    if (value !== undefined) declareVariable(lowering, variable, value);
  });
  enterFrame(lowering, declaration, null, []);
  lowering.block(declaration.body);
  if (builder.reachable) {
    builder.source = { ...source, span: declaration.body.span };
    finishReturn(lowering, currentFrame(lowering));
  }
  checkOpenCalls(lowering);
  lowering.regions.unify(context.regions, procedure.results);
  const finish = (memory: PassedMemory, extended: ReadonlySet<Region>): Procedure => {
    checkMapLoops(lowering);
    const { regions } = lowering;
    const at = (region: Region, moment: Moment) => regions.objectsAt(region, moment);
    const entry = memory.given.map((region) => at(region, 'entry'));
    const exit = memory.changed.map((region) => at(region, 'exit'));
    const resolved = regions.resolve(context.regions, memory);
    const positions = (values: readonly Expression[]): readonly number[] =>
      values.flatMap((value) => (value.kind === 'local' ? [value.index] : []));
    const canonical = canonicalLocals(resolved);
    const changes = memory.changed.map((region) => {
      const [before, after] = [at(region, 'entry'), at(region, 'exit')];
      const locals = {
        before: { contents: canonical(before.contents), count: canonical(before.count) },
        after: { contents: canonical(after.contents), count: canonical(after.count) },
      };
      return changedMemory({ region, ...locals, extended: extended.has(region) }, given, memory.given);
    });
    const kept = memory.changed.flatMap((region, index) => {
      const { contents, count } = at(region, 'now');
      const change = changes[index];
      if (change === undefined) return [];
      const bounds = { count: change.count.before, extended: extended.has(region) };
      return [
        ...keptInLoops(change, mapOf(region.content), canonical(contents), canonical(count)),
        ...variablesInto(builder, region).map((each) => refersInside(each, region, given, bounds)),
      ];
    });
    const code = {
      name,
      locals: builder.locals,
      parameterCount: given.length,
      instructions: builder.finish().map((each) => withGuesses(each, kept)),
      span: declaration.span,
    };
    checkLocal(lowering, code.instructions, name);
    nameParameters(lowering, variables, given);
    return {
      name,
      code,
      parameters: [
        ...positions(given),
        ...entry.flatMap(({ contents, count }) => [contents, count]).map(canonical),
      ],
      results: [
        ...positions(returned),
        ...exit.flatMap(({ contents, count }) => [contents, count]).map(canonical),
      ],
      requires: clauses.requires.map((each) => ({ ...each, expression: resolved(each.expression) })),
      ensures: clauses.ensures.map((each) => ({ ...each, expression: resolved(each.expression) })),
      decreases: clauses.decreases?.map(resolved) ?? null,
      changes,
      span: declaration.nameSpan,
    };
  };
  return { regions: lowering.regions, finish };
}

/** The variables of the Go code that are references into a region. */
function variablesInto({ locals }: InstructionBuilder, region: Region): readonly Expression[] {
  return locals.flatMap(({ type, isHidden }, index) =>
    isHidden !== true && referenceOf(type)?.region.representative === region ? [localOf(index, type)] : [],
  );
}

/** Tries at each loop that memory is so far changed only where the function may change it. */
function withGuesses(instruction: Instruction, guesses: readonly Expression[]): Instruction {
  if (instruction.kind !== 'loop') return instruction;
  const { loop, source } = instruction;
  const guessed = guesses.map((expression) => ({ expression, span: source.span, guessed: true }));
  return { ...instruction, loop: { ...loop, invariants: [...loop.invariants, ...guessed] } };
}

/** What a parameter was given is shown where it is not what the variable still is. */
function nameParameters(
  { builder, places }: Lowering,
  variables: readonly Variable[],
  given: readonly Expression[],
): void {
  variables.forEach((variable, index) => {
    const { name } = variable;
    const [place, local] = [places.get(variable), given[index]];
    if (place?.root !== 'local' || local?.kind !== 'local') return;
    const { type } = local;
    const again = builder.assignments(place.local) > 1;
    builder.locals[local.index] = again ? { name: `old(${name})`, type } : { name, type, isHidden: true };
  });
}

/** The local that stands for one that was made for a region before it was known to be the same as another. */
function canonicalLocals(resolved: (formula: Expression) => Expression): (local: number) => number {
  return (local) => {
    const found = resolved(localOf(local, BOOL));
    if (found.kind !== 'local') throw new Error('memory of a procedure that is state');
    return found.index;
  };
}

/** Reports types that mean something else in the code of another function. */
function refuseTypes(
  lowering: Lowering,
  { declaration, name }: ProcedureCode,
  variables: readonly Variable[],
): void {
  const { reports, types } = lowering.context;
  const seen: GoType[] = [];
  const isRefused = (type: GoType): boolean => {
    if (type.kind === 'function' || type.kind === 'channel') return true;
    if (type.kind !== 'interface' || seen.includes(type)) return false;
    seen.push(type);
    return types.dynamicTypes.of(type).some((each) => leadsTo(each.type, isRefused));
  };
  const found = [...variables.map(({ type }) => type), ...declaration.resultTypes].find((type) =>
    leadsTo(type, isRefused),
  );
  if (found === undefined) return;
  reports.unsupported(
    `a parameter or result of type ${showGoType(found)} of a function with a contract (${name})`,
    declaration.nameSpan,
    'What may be a function or a channel is not known from a contract: leave the contract out, so that the function is followed into each of its calls.',
  );
}

/** A contract says nothing of what other threads do, so nothing that they may see or change is touched. */
function checkLocal({ context }: Lowering, instructions: readonly Instruction[], name: string): void {
  const { reports } = context;
  const refuse = (what: string, { source }: Instruction): void => {
    reports.unsupported(
      `${what} in a function with a contract (${name})`,
      source.span,
      'Leave the contract out, so that the function is followed into each of its calls; or do this in the caller, and pass what is needed.',
    );
  };
  for (const instruction of instructions) {
    if (instruction.kind === 'call') {
      refuse('a use of package variables, locks or the machine', instruction);
    } else if (instruction.kind === 'hint' || instruction.kind === 'claim') {
      refuse(`\`${instruction.kind === 'hint' ? instruction.hint : instruction.claim.kind}\``, instruction);
    } else if (instruction.kind === 'loop' && instruction.loop.retry) {
      refuse('a loop that waits for others', instruction);
    } else if (expressionsOf(instruction).some(speaksOfState)) {
      refuse('an annotation that speaks of package variables, the machine or the specification', instruction);
    }
  }
}

function expressionsOf(instruction: Instruction): readonly Expression[] {
  if (instruction.kind === 'choose') return [instruction.where, instruction.usual];
  if (instruction.kind !== 'loop') return evaluatedExpressions(instruction);
  const { invariants, decreases } = instruction.loop;
  return [...invariants.map(({ expression }) => expression), ...(decreases ?? [])];
}
