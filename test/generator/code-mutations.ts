import type { Code, Expression, Instruction, System, Type } from '../../src/ir/index.js';
import { evaluatedExpressions, sameType } from '../../src/ir/index.js';
import type { Dice, Scope } from './expressions.js';
import { changed, isClosed, mentions, pick } from './expressions.js';

/** Changes of one function: what somebody who writes such code gets wrong. */
export const CODE_MUTATIONS = {
  drop: (code: Code, dice: Dice) => without(code, at(code, dice)),
  swap: (code: Code, dice: Dice) => swapped(code, dice.first, 1),
  swapFar: (code: Code, dice: Dice) => swapped(code, dice.first, 1 + (dice.second % 4)),
  duplicate: (code: Code, dice: Dice) => duplicated(code, at(code, dice)),
  move: moved,
  retarget,
  insertCall,
  wrap,
  argument: changedExpression,
  results: redirected,
  branch: flipped,
  returnEarly: (code: Code, dice: Dice) => earlyReturn(code, dice),
  assert: asserted,
  hint: (code: Code, dice: Dice) => hinted(code, dice),
  loop: weakerLoop,
} satisfies Record<string, (code: Code, dice: Dice, system: System) => Code>;

function at(code: Code, dice: Dice): number {
  return dice.first % Math.max(1, code.instructions.length);
}

/** Moves jump targets that lie behind a place where the number of instructions changes. */
function retargeted(instruction: Instruction, move: (target: number) => number): Instruction {
  if (instruction.kind === 'jump') return { ...instruction, target: move(instruction.target) };
  if (instruction.kind !== 'branch') return instruction;
  return { ...instruction, whenTrue: move(instruction.whenTrue), whenFalse: move(instruction.whenFalse) };
}

function without(code: Code, position: number): Code {
  const instructions = code.instructions
    .filter((_, index) => index !== position)
    .map((each) => retargeted(each, (target) => (target > position ? target - 1 : target)));
  return { ...code, instructions };
}

function inserted(code: Code, position: number, instruction: Instruction): Code {
  const moved = code.instructions.map((each) =>
    retargeted(each, (target) => (target > position ? target + 1 : target)),
  );
  return { ...code, instructions: [...moved.slice(0, position), instruction, ...moved.slice(position)] };
}

function swapped(code: Code, first: number, distance: number): Code {
  const position = first % Math.max(1, code.instructions.length - distance);
  const instructions = [...code.instructions];
  const [left, right] = [instructions[position], instructions[position + distance]];
  if (left === undefined || right === undefined) return code;
  instructions[position] = right;
  instructions[position + distance] = left;
  return { ...code, instructions };
}

function duplicated(code: Code, position: number): Code {
  const instruction = code.instructions[position];
  return instruction === undefined ? code : inserted(code, position, instruction);
}

function moved(code: Code, dice: Dice): Code {
  const position = at(code, dice);
  const instruction = code.instructions[position];
  if (instruction === undefined) return code;
  const rest = without(code, position);
  return inserted(rest, dice.second % rest.instructions.length, instruction);
}

/** Calls some operation with whatever is at hand. */
function insertCall(code: Code, dice: Dice, system: System): Code {
  const operation = pick(system.machineOperations, dice.second);
  const source = code.instructions[0]?.source;
  if (operation === undefined || source === undefined) return code;
  const types = operation.locals.map(({ type }) => type);
  const { parameterCount, resultCount } = operation;
  const scope = codeScope(code);
  const args = types
    .slice(0, parameterCount)
    .flatMap((type, index) => pick(scope(type), dice.third + index) ?? []);
  const results = types.slice(parameterCount, parameterCount + resultCount).map((type, index) => {
    const fitting = code.locals.flatMap((local, position) => (sameType(local.type, type) ? [position] : []));
    return pick([...fitting, null], dice.third + index) ?? null;
  });
  const { name } = operation;
  return inserted(code, at(code, dice), {
    kind: 'call',
    operation: name,
    arguments: args,
    results,
    source: { ...source, text: name },
  });
}

/** Takes a lock before an instruction and releases it after it or a later one. */
function wrap(code: Code, dice: Dice, system: System): Code {
  const lock = pick(
    system.locks.filter(({ index }) => index === null),
    dice.second,
  );
  const source = code.instructions[0]?.source;
  if (lock === undefined || source === undefined) return code;
  const operation = (kind: 'lock' | 'unlock'): Instruction | undefined => {
    const found = system.machineOperations.find(({ role }) => role.kind === kind && role.lock === lock.name);
    return (
      found && {
        kind: 'call',
        operation: found.name,
        arguments: [],
        results: [],
        source: { ...source, text: found.name },
      }
    );
  };
  const [take, release] = [operation('lock'), operation('unlock')];
  if (take === undefined || release === undefined) return code;
  const position = at(code, dice);
  const last = Math.min(position + 1 + (dice.third % 4), code.instructions.length - 1);
  return inserted(inserted(code, last, release), position, take);
}

/** Calls another operation with parameters and results of the same types. */
function retarget(code: Code, dice: Dice, system: System): Code {
  const calls = code.instructions.flatMap((each, index) => (each.kind === 'call' ? [index] : []));
  const position = pick(calls, dice.first);
  const instruction = position === undefined ? undefined : code.instructions[position];
  if (position === undefined || instruction?.kind !== 'call') return code;
  const find = (name: string): System['machineOperations'][number] | undefined =>
    system.machineOperations.find((each) => each.name === name);
  const before = find(instruction.operation);
  const alike = system.machineOperations.filter(
    (each) =>
      each.name !== instruction.operation &&
      each.parameterCount === before?.parameterCount &&
      each.resultCount === before.resultCount &&
      each.locals.every((local, index) => sameType(local.type, before.locals[index]?.type ?? local.type)),
  );
  const other = pick(alike, dice.second);
  if (other === undefined) return code;
  return replacedAt(code, position, { ...instruction, operation: other.name });
}

function replacedAt(code: Code, position: number, instruction: Instruction): Code {
  return {
    ...code,
    instructions: code.instructions.map((each, index) => (index === position ? instruction : each)),
  };
}

/** Locals of a type, and a constant. */
export function codeScope(code: Code): Scope {
  return (type) => [
    ...code.locals.flatMap((local, index): Expression[] =>
      sameType(local.type, type) ? [{ kind: 'local', index, type }] : [],
    ),
    { kind: 'default', type },
  ];
}

function changedExpression(code: Code, dice: Dice): Code {
  const positions = code.instructions.flatMap((each, index) =>
    evaluatedExpressions(each).length > 0 ? [index] : [],
  );
  const position = pick(positions, dice.first);
  const instruction = position === undefined ? undefined : code.instructions[position];
  if (position === undefined || instruction === undefined) return code;
  const scope = codeScope(code);
  const change = (expressions: readonly Expression[]): readonly Expression[] => {
    const chosen = dice.second % Math.max(1, expressions.length);
    const inner = { first: dice.third, second: dice.first + dice.third, third: 0 };
    return expressions.map((each, index) => (index === chosen ? changed(each, inner, scope) : each));
  };
  return replacedAt(code, position, withExpressions(instruction, change(evaluatedExpressions(instruction))));
}

function withExpressions(instruction: Instruction, expressions: readonly Expression[]): Instruction {
  const [first] = expressions;
  if (first === undefined) return instruction;
  switch (instruction.kind) {
    case 'assign':
      return { ...instruction, value: first };
    case 'branch':
    case 'check':
    case 'assume':
      return { ...instruction, condition: first };
    case 'call':
    case 'invoke':
      return { ...instruction, arguments: expressions };
    case 'return':
      return { ...instruction, values: expressions };
    case 'choose':
    case 'jump':
    case 'loop':
    case 'spawn':
    case 'end':
    case 'hint':
    case 'claim':
      return instruction;
  }
}

/** A result goes to another local of its type, or nowhere. */
function redirected(code: Code, dice: Dice): Code {
  const positions = code.instructions.flatMap((each, index) =>
    each.kind === 'call' && each.results.length > 0 ? [index] : [],
  );
  const position = pick(positions, dice.first);
  const instruction = position === undefined ? undefined : code.instructions[position];
  if (position === undefined || instruction?.kind !== 'call') return code;
  const chosen = dice.second % instruction.results.length;
  const results = instruction.results.map((target, index) => {
    if (index !== chosen || target === null) return target;
    const type: Type | undefined = code.locals[target]?.type;
    const others = code.locals.flatMap((local, other) =>
      type !== undefined && other !== target && sameType(local.type, type) ? [other] : [],
    );
    return pick([...others, null], dice.third) ?? null;
  });
  return replacedAt(code, position, { ...instruction, results });
}

function flipped(code: Code, dice: Dice): Code {
  const branches = code.instructions.flatMap((each, index) => (each.kind === 'branch' ? [index] : []));
  const position = pick(branches, dice.first);
  const instruction = position === undefined ? undefined : code.instructions[position];
  if (position === undefined || instruction?.kind !== 'branch') return code;
  const { whenTrue, whenFalse } = instruction;
  const ways = [
    { ...instruction, whenTrue: whenFalse, whenFalse: whenTrue },
    { ...instruction, whenTrue: whenFalse },
    { ...instruction, whenFalse: whenTrue },
    { ...instruction, whenFalse: whenFalse + 1 },
  ];
  return replacedAt(code, position, pick(ways, dice.second) ?? instruction);
}

function earlyReturn(code: Code, dice: Dice): Code {
  const returns = code.instructions.filter((each) => each.kind === 'return');
  const instruction = pick(returns, dice.second);
  return instruction === undefined ? code : inserted(code, at(code, dice), instruction);
}

/** Asserts a relation of the system's own, or of locals, somewhere. */
function asserted(code: Code, dice: Dice, system: System): Code {
  const stated = [...system.invariants, ...system.locks.flatMap(({ invariant }) => invariant ?? [])];
  const formulas = stated
    .map(({ expression }) => expression)
    .filter((expression) => isClosed(expression) && !mentions(expression, ({ kind }) => kind === 'pending'));
  const expression = pick(formulas, dice.second);
  const source = code.instructions[0]?.source;
  if (expression === undefined || source === undefined) return code;
  const scope = codeScope(code);
  const inner = { first: dice.third, second: dice.first, third: 0 };
  const condition = dice.third % 2 === 0 ? expression : changed(expression, inner, scope);
  return inserted(code, at(code, dice), {
    kind: 'check',
    condition,
    code: 'assertion',
    message: 'asserted',
    source: { ...source, text: 'assert' },
  });
}

function hinted(code: Code, dice: Dice): Code {
  const source = code.instructions[0]?.source;
  if (source === undefined) return code;
  const hint = dice.second % 2 === 0 ? 'commit' : 'help';
  return inserted(code, at(code, dice), { kind: 'hint', hint, source });
}

function weakerLoop(code: Code, dice: Dice): Code {
  const loops = code.instructions.flatMap((each, index) => (each.kind === 'loop' ? [index] : []));
  const position = pick(loops, dice.first);
  const instruction = position === undefined ? undefined : code.instructions[position];
  if (position === undefined || instruction?.kind !== 'loop') return code;
  const { loop } = instruction;
  const chosen = dice.second % Math.max(1, loop.invariants.length);
  const inner = { first: dice.third, second: dice.first + dice.second, third: 0 };
  const scope = codeScope(code);
  const ways = [
    { ...loop, invariants: loop.invariants.filter((_, index) => index !== chosen) },
    { ...loop, invariants: loop.invariants.map((each) => ({ ...each, guessed: true })) },
    { ...loop, retry: true },
    {
      ...loop,
      invariants: loop.invariants.map((each, index) =>
        index === chosen ? { ...each, expression: changed(each.expression, inner, scope) } : each,
      ),
    },
  ];
  return replacedAt(code, position, { ...instruction, loop: pick(ways, dice.third) ?? loop });
}

/** Control stays inside, ends at a return, and every cycle goes through the head of a loop. */
export function isWellFormed(code: Code): boolean {
  const { instructions } = code;
  const inside = (target: number): boolean => target >= 0 && target < instructions.length;
  const next = (instruction: Instruction, position: number): readonly number[] => {
    if (instruction.kind === 'return') return [];
    if (instruction.kind === 'jump') return [instruction.target];
    if (instruction.kind === 'branch') return [instruction.whenTrue, instruction.whenFalse];
    return [position + 1];
  };
  if (instructions.length === 0) return false;
  if (!instructions.every((each, position) => next(each, position).every(inside))) return false;
  const states = new Map<number, 'open' | 'closed'>();
  const acyclic = (position: number): boolean => {
    const instruction = instructions[position];
    if (instruction === undefined || instruction.kind === 'loop') return true;
    if (states.has(position)) return states.get(position) === 'closed';
    states.set(position, 'open');
    const fine = next(instruction, position).every(acyclic);
    states.set(position, 'closed');
    return fine;
  };
  return instructions.every((instruction, position) =>
    instruction.kind === 'loop' ? acyclic(position + 1) : acyclic(position),
  );
}
