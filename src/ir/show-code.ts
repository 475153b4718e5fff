import type { Code, Instruction } from './code.js';
import type { Expression } from './expression.js';
import { showExpression } from './show.js';

/** One line for each instruction, with its position: `3: branch ok ? 4 : 6`. */
export function showCode(code: Code): readonly string[] {
  return code.instructions.map(
    (instruction, position) => `${position}: ${showInstruction(instruction, code)}`,
  );
}

/** An instruction on one line, with the names of the code's locals. */
export function showInstruction(instruction: Instruction, code: Code): string {
  const show = (expression: Expression): string => showExpression(expression, { locals: code.locals });
  const name = (local: number | null): string =>
    local === null ? '_' : (code.locals[local]?.name ?? `local ${local}`);
  switch (instruction.kind) {
    case 'assign':
      return `${name(instruction.local)} = ${show(instruction.value)}`;
    case 'choose':
      return `${name(instruction.local)} = choose ${show(instruction.where)}`;
    case 'branch':
      return `branch ${show(instruction.condition)} ? ${instruction.whenTrue} : ${instruction.whenFalse}`;
    case 'jump':
      return `jump ${instruction.target}`;
    case 'check':
      return `check ${instruction.code} ${show(instruction.condition)}`;
    case 'assume':
      return `assume ${show(instruction.condition)}`;
    case 'call': {
      const results = instruction.results.map(name).join(', ');
      const call = `${instruction.operation}(${instruction.arguments.map(show).join(', ')})`;
      return results === '' ? call : `${results} = ${call}`;
    }
    case 'invoke': {
      const results = instruction.results.map(name).join(', ');
      const call = `${instruction.procedure}(${instruction.arguments.map(show).join(', ')}) by contract`;
      return results === '' ? call : `${results} = ${call}`;
    }
    case 'loop': {
      const { invariants, decreases, retry } = instruction.loop;
      const clauses = invariants.map(
        (each) => `${each.guessed ? 'perhaps' : 'invariant'} ${show(each.expression)}`,
      );
      if (decreases !== null) clauses.push(`decreases ${decreases.map(show).join(', ')}`);
      if (retry) clauses.push('retry');
      return ['loop', ...clauses].join('; ');
    }
    case 'return':
      return ['return', instruction.values.map(show).join(', ')].join(' ').trim();
    case 'spawn':
      return `go ${instruction.goroutine}`;
    case 'end':
      return 'end';
    case 'hint':
      return instruction.hint;
    case 'claim': {
      const { kind, token, index, condition } = instruction.claim;
      const key = index === null ? '' : `[${show(index)}]`;
      return `${kind} ${token}${key}${condition === null ? '' : ` if ${show(condition)}`}`;
    }
  }
}
