import type {
  Callee,
  Expression,
  FunctionDeclaration,
  MachineFunction,
  MachinePackage,
  Statement,
} from '../go/index.js';
import { expressionsOf, operandsOf } from './assigned.js';
import { allStatements } from './directives.js';

/** Whether a function of a machine package has nothing to do with the machine's state. */
export type IsPure = (imported: MachinePackage, called: MachineFunction) => boolean;

/** Whether the function, or one that it calls, uses the machine, a lock or a package variable. */
export function reachesState(declaration: FunctionDeclaration, isPure: IsPure): boolean {
  const seen = new Set<FunctionDeclaration>();
  const reaches = (each: FunctionDeclaration): boolean => {
    if (seen.has(each)) return false;
    seen.add(each);
    return each.body.statements
      .flatMap(allStatements)
      .some((statement) => usesState(statement, reaches, isPure));
  };
  return reaches(declaration);
}

type Reaches = (declaration: FunctionDeclaration) => boolean;

function usesState(statement: Statement, reaches: Reaches, isPure: IsPure): boolean {
  const places = statement.kind === 'operate' ? [statement.place] : targetPlaces(statement);
  return [...places, ...expressionsOf(statement)].some((each) => expressionUsesState(each, reaches, isPure));
}

function targetPlaces(statement: Statement): readonly Expression[] {
  if (statement.kind !== 'assign' && statement.kind !== 'range') return [];
  const targets = statement.kind === 'assign' ? statement.targets : [statement.key, statement.value];
  return targets.flatMap((target) => (target?.kind === 'place' ? [target.place] : []));
}

function expressionUsesState(expression: Expression, reaches: Reaches, isPure: IsPure): boolean {
  if (expression.constant !== undefined) return false;
  if (expression.kind === 'variable' && expression.variable.role === 'package') return true;
  if (expression.kind === 'call') {
    const { callee } = expression;
    if (calleeUsesState(callee, reaches, isPure)) return true;
  }
  return operandsOf(expression).some((operand) => expressionUsesState(operand, reaches, isPure));
}

function calleeUsesState(callee: Callee, reaches: Reaches, isPure: IsPure): boolean {
  switch (callee.kind) {
    case 'function':
    case 'method':
      return reaches(callee.function);
    case 'machine':
      return !isPure(callee.package, callee.function);
    case 'builtin':
      return false;
    case 'lock':
    case 'atomic':
    case 'condition':
    case 'value':
    case 'interface':
      return true;
  }
}
