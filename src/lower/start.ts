import type {
  CallExpression,
  Expression as GoExpression,
  FunctionDeclaration,
  GoPackage,
  Initialiser,
  PackageVariable,
  Variable,
} from '../go/index.js';
import { identicalTypes, isExported, isSentinel, underlying } from '../go/index.js';
import { assignedIn, assignedThrough } from './assigned.js';
import { channelMake } from './channel-machine.js';
import { isConditionType } from './condition.js';
import { assignedAs } from './conversion.js';
import { inlineFunction } from './inline.js';
import type { Linked } from './linked.js';
import { currentFrame } from './lowering.js';
import type { Lowering } from './lowering.js';
import { storeParts } from './made.js';
import { leadsToLock } from './making.js';
import type { Program } from './program.js';
import { initialValues } from './program.js';
import { isMaking, isStatic } from './storage.js';

/** What Go runs when a program starts, before anything else: of each package initial values that take code, then the functions with the name `init`. */
export class Start {
  private readonly packages: readonly Pick<GoPackage, 'initialisers' | 'initFunctions'>[];

  constructor(
    private readonly linked: Linked,
    fixed: FixedVariables,
  ) {
    const isStored = ({ variables, value }: Initialiser): boolean =>
      !isStatic(value) &&
      !isMaking(value) &&
      !variables.some(
        (each) => isConditionType(each.type) || fixed.isFunction(each) || fixed.channel(each) !== null,
      );
    this.packages = linked.packages.map(({ initialisers, initFunctions }) => ({
      initialisers: initialisers.filter(isStored),
      initFunctions,
    }));
  }

  get isNeeded(): boolean {
    return this.packages.some(
      ({ initialisers, initFunctions }) => initialisers.length > 0 || initFunctions.length > 0,
    );
  }

  /** Emits it at the beginning of code that runs first. */
  lower(lowering: Lowering): void {
    lowering.isStarting = true;
    for (const { initialisers, initFunctions } of this.packages) {
      for (const each of initialisers) lowerInitialiser(lowering, each);
      for (const each of initFunctions) this.lowerFunction(lowering, each);
    }
    lowering.isStarting = false;
  }

  private lowerFunction(lowering: Lowering, declaration: FunctionDeclaration): void {
    const span = declaration.nameSpan;
    const text = `func ${this.linked.functionName(declaration)}()`;
    lowering.builder.source = { span, text, callers: currentFrame(lowering).callers };
    const type = { kind: 'tuple', elements: [] } as const;
    const callee = { kind: 'function', function: declaration } as const;
    const call: CallExpression = { kind: 'call', callee, arguments: [], type, span };
    inlineFunction(lowering, call, declaration, null, []);
  }
}

function lowerInitialiser(lowering: Lowering, { variables, value }: Initialiser): void {
  const { span, type } = value;
  const names = variables.map(({ name }) => name).join(', ');
  lowering.builder.source = { span, text: `var ${names} = ...`, callers: currentFrame(lowering).callers };
  const [only] = variables;
  if (type.kind !== 'tuple') {
    const node = only === undefined ? undefined : lowering.context.memory.get(only);
    if (node === undefined) lowering.value(value);
    else storeParts(lowering, node, [], value);
    return;
  }
  const { elements } = type;
  lowering.parts(value).forEach((part, index) => {
    const [variable, from] = [variables[index], elements[index]];
    const node = variable === undefined ? undefined : lowering.context.memory.get(variable);
    if (variable === undefined || node === undefined || from === undefined) return;
    const own = assignedAs(lowering, part, from, variable.type, span);
    lowering.store({ root: 'memory', node, keys: [] }, own, span);
  });
}

/**
 * Package variables that nothing assigns once the program has started: no function assigns them or takes their address, and no operation has
 * them for its receiver.
 */
export class FixedVariables {
  private readonly initial = new Map<Variable, GoExpression>();

  constructor(linked: Linked, program: Program) {
    const assigned = new Set<Variable>();
    for (const { body } of program.functions) for (const each of assignedIn(body)) assigned.add(each);
    for (const value of initialValues(program)) for (const each of assignedThrough(value)) assigned.add(each);
    const receivers = program.functions.flatMap(({ receiver }) =>
      receiver?.type.kind === 'pointer' ? [receiver.type.element] : [],
    );
    const variables = linked.all.flatMap((each) =>
      // Code that is not part of the program may assign what other packages export. Variables of the library have types with one value.
      each === linked.main || linked.isClosed || each.isLibrary
        ? each.variables
        : each.variables.filter(mayBeFixed),
    );
    for (const { variable, initialiser } of variables) {
      const isReceiver = receivers.some((each) => identicalTypes(each, variable.type));
      if (initialiser !== null && !assigned.has(variable) && !isReceiver)
        this.initial.set(variable, initialiser);
    }
  }

  /** The function that a variable always is: one at package level, or a literal. */
  isFunction(variable: Variable): boolean {
    const initial = this.initial.get(variable);
    return initial?.kind === 'function' || initial?.kind === 'closure';
  }

  /** The `make` of the channel that a variable always is; null: it is no such variable. */
  channel(variable: Variable): (GoExpression & { readonly kind: 'make' }) | null {
    const initial = this.initial.get(variable);
    return initial === undefined ? null : channelMake(initial);
  }

  /** The initial value that a variable always has, as an expression that no state changes; undefined: there is none. */
  valueOf(variable: Variable): GoExpression | undefined {
    const initial = this.initial.get(variable);
    if (initial === undefined || isConditionType(variable.type) || leadsToLock(variable.type))
      return undefined;
    return this.isFunction(variable) || isPure(initial) ? initial : undefined;
  }

  /** It is always the error that `errors.New` gave it. */
  isSentinel(variable: Variable): boolean {
    const initial = this.initial.get(variable);
    return initial !== undefined && isSentinel(initial);
  }

  /** What a variable that is always an interface's value is converted from; undefined: it is not known. */
  heldBy(variable: Variable): GoExpression | undefined {
    const initial = this.initial.get(variable);
    const isHeld = initial?.kind === 'convert' && underlying(variable.type).kind === 'interface';
    return isHeld && underlying(initial.operand.type).kind !== 'interface' ? initial.operand : undefined;
  }
}

/** Whether nobody outside of the program assigns it; that nobody replaces an error is trusted. */
function mayBeFixed({ variable, initialiser }: PackageVariable): boolean {
  return !isExported(variable.name) || (initialiser !== null && isSentinel(initialiser));
}

/** A constant, or a value made of such, also in interfaces: no state changes it. */
export function isPure(expression: GoExpression): boolean {
  if (isStatic(expression)) return true;
  if (expression.kind === 'composite') {
    const { kind } = underlying(expression.type);
    return (kind === 'struct' || kind === 'array') && expression.elements.every(({ value }) => isPure(value));
  }
  return (
    expression.kind === 'convert' &&
    underlying(expression.type).kind === 'interface' &&
    isPure(expression.operand)
  );
}
