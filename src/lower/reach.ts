import type {
  Callee,
  Expression,
  FunctionDeclaration,
  GoType,
  MachineFunction,
  MachinePackage,
  Statement,
  Variable,
} from '../go/index.js';
import { allStatements, expressionsOf, operandsOf, placesOf } from '../go/index.js';

/** What is state. */
export interface StateUse {
  /** Whether a function of a machine package has nothing to do with the machine's state. */
  readonly isPure: (imported: MachinePackage, called: MachineFunction) => boolean;
  /** Whether a variable is state, or refers to it. */
  readonly isState: (variable: Variable) => boolean;
  /** Whether values of a type are, or lead to, state. */
  readonly leadsToState: (type: GoType) => boolean;
  /** Whether an expression has a value that never changes, although it is in what leads to state. */
  readonly isFixed: (expression: Expression) => boolean;
  /** All methods of the program with a name. What values that others made do is not the program's. */
  readonly methods: (name: string) => readonly FunctionDeclaration[];
}

/** Whether the function, or one that it calls, uses the machine, a lock or a variable that is state. */
export function reachesState(declaration: FunctionDeclaration, use: StateUse): boolean {
  const seen = new Set<FunctionDeclaration>();
  const reaches = (each: FunctionDeclaration): boolean => {
    if (seen.has(each)) return false;
    seen.add(each);
    return each.body.statements
      .flatMap(allStatements)
      .some((statement) => usesState(statement, reaches, use));
  };
  return reaches(declaration);
}

/** Methods that interfaces may have and values of `sync` bring along. */
const LOCKING = new Set(['Lock', 'Unlock', 'TryLock', 'RLock', 'RUnlock', 'TryRLock', 'RLocker']);

type Reaches = (declaration: FunctionDeclaration) => boolean;

function usesState(statement: Statement, reaches: Reaches, use: StateUse): boolean {
  return [...placesOf(statement), ...expressionsOf(statement)].some((each) =>
    expressionUsesState(each, reaches, use),
  );
}

function expressionUsesState(expression: Expression, reaches: Reaches, use: StateUse): boolean {
  if (expression.constant !== undefined || use.isFixed(expression)) return false;
  if (expression.kind === 'variable' && use.isState(expression.variable)) return true;
  if (use.leadsToState(expression.type)) return true;
  if (expression.kind === 'call' && calleeUsesState(expression.callee, reaches, use)) return true;
  if (valueUsesState(expression, reaches, use)) return true;
  return operandsOf(expression).some((operand) => expressionUsesState(operand, reaches, use));
}

/** Whether a function value uses state when somebody calls it. */
function valueUsesState(expression: Expression, reaches: Reaches, use: StateUse): boolean {
  switch (expression.kind) {
    case 'function':
      return reaches(expression.function);
    case 'methodValue':
      return calleeUsesState(expression.method, reaches, use);
    case 'methodExpression':
      return calleeUsesState(expression.method.callee, reaches, use);
    case 'closure':
      return expression.function.body.statements
        .flatMap(allStatements)
        .some((statement) => usesState(statement, reaches, use));
    default:
      return false;
  }
}

function calleeUsesState(callee: Callee, reaches: Reaches, use: StateUse): boolean {
  switch (callee.kind) {
    case 'function':
    case 'method':
      return reaches(callee.function);
    case 'machine':
      return !use.isPure(callee.package, callee.function);
    case 'builtin':
      return false;
    case 'lock':
    case 'atomic':
    case 'condition':
    case 'once':
    case 'group':
    case 'value':
      return true;
    case 'interface':
      return LOCKING.has(callee.method.name) || use.methods(callee.method.name).some(reaches);
  }
}
