import type {
  Callee,
  Expression,
  FunctionDeclaration,
  MachineFunction,
  MachinePackage,
  Statement,
} from '../go/index.js';
import { expressionsOf, operandsOf, placesOf } from './assigned.js';
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
  return [...placesOf(statement), ...expressionsOf(statement)].some((each) =>
    expressionUsesState(each, reaches, isPure),
  );
}

function expressionUsesState(expression: Expression, reaches: Reaches, isPure: IsPure): boolean {
  if (expression.constant !== undefined) return false;
  if (expression.kind === 'variable' && expression.variable.role === 'package') return true;
  if (expression.kind === 'call' && calleeUsesState(expression.callee, reaches, isPure)) return true;
  if (valueUsesState(expression, reaches, isPure)) return true;
  return operandsOf(expression).some((operand) => expressionUsesState(operand, reaches, isPure));
}

/** Whether a function value uses state when somebody calls it. */
function valueUsesState(expression: Expression, reaches: Reaches, isPure: IsPure): boolean {
  switch (expression.kind) {
    case 'function':
      return reaches(expression.function);
    case 'methodValue':
      return calleeUsesState(expression.method, reaches, isPure);
    case 'methodExpression':
      return calleeUsesState(expression.method.callee, reaches, isPure);
    case 'closure':
      return expression.function.body.statements
        .flatMap(allStatements)
        .some((statement) => usesState(statement, reaches, isPure));
    default:
      return false;
  }
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
