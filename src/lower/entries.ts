import { displayPath } from '../base/display-path.js';
import type { Span } from '../base/source.js';
import { showType } from '../ir/index.js';
import type { Code, Implementation, Local, Operation, Procedure, Type } from '../ir/index.js';
import type { FunctionDeclaration, GoType, Variable } from '../go/index.js';
import { ERROR, identicalTypes, isError, isExported, showGoType, underlying } from '../go/index.js';
import type { Directive } from '../layer/index.js';
import { lowerFunction } from './code.js';
import { leadsTo } from './contained.js';
import type { Directives } from './directives.js';
import type { DynamicTypes } from './dynamic-types.js';
import { FixedFields } from './fixed-fields.js';
import type { Reports } from './reports.js';
import { sameStructure } from './go-type.js';
import { checkExposure } from './exposure.js';
import type { Linked } from './linked.js';
import type { PackageContext, Place } from './lowering.js';
import type { Program } from './program.js';
import type { StateUse } from './reach.js';
import { reachesState } from './reach.js';
import type { Start } from './start.js';
import { isCallable } from './start-arguments.js';

/** The functions of a package that the system is made of. */
export interface Entries {
  readonly implementations: readonly Implementation[];
  readonly recovery: Code | null;
  readonly initialisation: Code | null;
  readonly boot: Code | null;
  readonly procedures: readonly Procedure[];
}

interface Inputs {
  readonly linked: Linked;
  readonly program: Program;
  readonly directives: Directives;
  readonly context: PackageContext;
  /** Null: unknown (the specification could not be read), so ops are not compared with it. */
  readonly operations: readonly Operation[];
  readonly specification: string;
  readonly refinesSpan: Span;
  /** Nothing of the machine outlives a crash, so that there may be nothing to recover. */
  readonly isVolatile: boolean;
  /** What Go runs before the recovery and the initialisation function. */
  readonly start: Start;
}

type Role = 'recovery' | 'initialisation' | 'boot';

const ROLES: ReadonlySet<string> = new Set<Role>(['recovery', 'initialisation', 'boot']);

export function findEntries(inputs: Inputs): Entries {
  const { linked, program, directives } = inputs;
  const roles = new Map<Role, FunctionDeclaration>();
  const operations = new Map<string, FunctionDeclaration>();
  const entries = new Set<FunctionDeclaration>();
  for (const declaration of linked.ownFunctions) {
    const own = directives
      .all(declaration.annotations)
      .filter((directive) => directive.kind === 'op' || ROLES.has(directive.kind));
    own.forEach((directive, index) => {
      directives.use(directive);
      entries.add(declaration);
      if (index > 0) reportSecondRole(declaration, directive, inputs);
      else if (directive.kind === 'op') addOperation(declaration, directive, operations, inputs);
      else addRole(declaration, directive.kind as Role, directive.span, roles, inputs);
    });
  }
  checkExported(entries, roles.get('boot'), inputs);
  checkVariables(inputs);
  checkExposure({
    linked,
    program,
    dynamicTypes: inputs.context.types.dynamicTypes,
    isState: (each) => isState(each, inputs),
    reports: inputs.context.reports,
  });
  const implementations = implementationsOf(operations, inputs);
  const recovery = recoveryOf(roles, inputs);
  const initial =
    roles.get('initialisation') ?? (inputs.start.isNeeded ? emptyFunction(inputs, 'init') : undefined);
  const initialisation = roleCode(initial, 'initialisation', inputs);
  const { context } = inputs;
  const boot = roleCode(roles.get('boot'), 'boot', inputs);
  context.procedures.lowerAll(context);
  return {
    implementations: implementations.map((finish) => finish()),
    recovery: recovery?.() ?? null,
    initialisation: initialisation?.() ?? null,
    boot: boot?.() ?? null,
    procedures: context.procedures.finish(),
  };
}

function reportSecondRole(declaration: FunctionDeclaration, directive: Directive, inputs: Inputs): void {
  inputs.context.reports.add(
    'implementation',
    `${declaration.fullName} has two roles`,
    directive.span,
    'Give each operation and each role a function of its own.',
  );
}

function addOperation(
  declaration: FunctionDeclaration,
  directive: Extract<Directive, { kind: 'op' }>,
  found: Map<string, FunctionDeclaration>,
  inputs: Inputs,
): void {
  const { reports } = inputs.context;
  const { name, span } = directive.name;
  const operation = inputs.operations.find((each) => each.name === name);
  if (operation === undefined) {
    reports.add(
      'implementation',
      `${inputs.specification} has no operation ${name}`,
      span,
      `Its operations are: ${inputs.operations.map((each) => each.name).join(', ')}.`,
    );
    return;
  }
  const earlier = found.get(name);
  if (earlier !== undefined) {
    reports.add(
      'implementation',
      `the operation ${name} is implemented twice: by ${earlier.fullName} (${where(earlier.nameSpan)}) and by ${declaration.fullName}`,
      span,
      'Remove one of the two annotations.',
    );
    return;
  }
  found.set(name, declaration);
}

function addRole(
  declaration: FunctionDeclaration,
  role: Role,
  span: Span,
  found: Map<Role, FunctionDeclaration>,
  inputs: Inputs,
): void {
  const earlier = found.get(role);
  if (earlier === undefined) {
    found.set(role, declaration);
    return;
  }
  inputs.context.reports.add(
    'implementation',
    `there are two ${role} functions: ${earlier.fullName} (${where(earlier.nameSpan)}) and ${declaration.fullName}`,
    span,
    'Call one from the other and annotate only that.',
  );
}

function where(span: Span): string {
  return `${displayPath(span.file)}:${span.start.line}`;
}

/** In the order of the specification's ops. */
function implementationsOf(
  found: ReadonlyMap<string, FunctionDeclaration>,
  inputs: Inputs,
): readonly (() => Implementation)[] {
  return inputs.operations.flatMap((operation): (() => Implementation)[] => {
    const declaration = found.get(operation.name);
    if (declaration === undefined) {
      inputs.context.reports.add(
        'implementation',
        `no function implements the operation ${operation.name} of ${inputs.specification} (${where(operation.span)})`,
        inputs.refinesSpan,
        `Write \`//@ op ${operation.name}\` above the function that does.`,
      );
      return [];
    }
    if (!signatureFits(declaration, operation, inputs)) return [];
    const receiver = receiverOf(declaration, inputs);
    if (receiver === 'refused') return [];
    const finish = lowerFunction(inputs.context, declaration, {
      role: 'operation',
      receiver,
      start: null,
    });
    return [
      () => {
        const code = finish();
        checkHints(code, 'commit', `${operation.name} is an operation`, inputs);
        return { operation: operation.name, code, span: declaration.span };
      },
    ];
  });
}

/** Reports types of parameters and results that specifications have nothing for. */
function refuseUnspecified(declaration: FunctionDeclaration, { reports, types }: PackageContext): boolean {
  if (declaration.resultTypes.some(isError) && refuseErrors(declaration, reports, types.dynamicTypes))
    return true;
  const isUnspecified = ({ kind }: GoType): boolean =>
    kind === 'function' || kind === 'channel' || kind === 'interface';
  const given = [
    ...declaration.parameters.map(({ type }) => type),
    ...declaration.resultTypes.filter((type) => !isError(type)),
  ];
  const found = given.find((type) => leadsTo(type, isUnspecified));
  if (found === undefined) return false;
  reports.unsupported(
    `an operation with a parameter or result of type ${showGoType(found)}`,
    declaration.nameSpan,
    'Use what specifications have types for: numbers, truth values, strings, machine types, and structs, arrays and slices of them.',
  );
  return true;
}

/** Code in an error may do what the operations may not; memory in one is refused where it is returned, if it is not the caller's alone. */
function refuseErrors(
  declaration: FunctionDeclaration,
  reports: Reports,
  dynamicTypes: DynamicTypes,
): boolean {
  const seen = new Set<GoType>();
  const hasCode = (type: GoType): boolean => {
    if (type.kind === 'function' || type.kind === 'channel') return true;
    if (type.kind !== 'interface' || seen.has(type)) return false;
    seen.add(type);
    return dynamicTypes.of(type).some((each) => leadsTo(each.type, hasCode));
  };
  const found = dynamicTypes.of(ERROR).find(({ type }) => leadsTo(type, hasCode));
  if (found === undefined) return false;
  reports.unsupported(
    `an operation that returns an error, in a program with errors of type ${found.name}, which lead to functions or channels,`,
    declaration.nameSpan,
    'Let errors hold numbers, truth values and texts.',
  );
  return true;
}

function signatureFits(declaration: FunctionDeclaration, operation: Operation, inputs: Inputs): boolean {
  const { types, reports } = inputs.context;
  if (refuseUnspecified(declaration, inputs.context)) return false;
  const end = operation.parameterCount + operation.resultCount;
  const wantedParameters = operation.locals.slice(0, operation.parameterCount);
  const wantedResults = operation.locals.slice(operation.parameterCount, end);
  const parameters = declaration.parameters.map((each) => types.boundary(each.type, each.span));
  const results = declaration.resultTypes.map((type) => types.outcome(type, declaration.nameSpan));
  if (sameTypes(parameters, wantedParameters) && sameTypes(results, wantedResults)) return true;
  const has = signature(parameters, results);
  const wants = signature(
    wantedParameters.map((each) => each.type),
    wantedResults.map((each) => each.type),
  );
  reports.add(
    'implementation',
    `${declaration.fullName} does not fit the operation ${operation.name} (${where(operation.span)}): it is func${has}, the operation is func${wants}`,
    declaration.nameSpan,
    'Give the function exactly the parameters and results of the operation; an `error` is a `bool` there, which says whether it is nil.',
  );
  return false;
}

function sameTypes(types: readonly Type[], locals: readonly Local[]): boolean {
  return (
    types.length === locals.length &&
    types.every((type, index) => {
      const local = locals[index];
      return local !== undefined && sameStructure(type, local.type);
    })
  );
}

function signature(parameters: readonly Type[], results: readonly Type[]): string {
  const list = `(${parameters.map(showType).join(', ')})`;
  if (results.length === 0) return list;
  const [only, second] = results;
  return only !== undefined && second === undefined
    ? `${list} ${showType(only)}`
    : `${list} (${results.map(showType).join(', ')})`;
}

function recoveryOf(roles: ReadonlyMap<Role, FunctionDeclaration>, inputs: Inputs): (() => Code) | null {
  const declaration =
    roles.get('recovery') ?? (inputs.isVolatile ? emptyFunction(inputs, 'recovery') : undefined);
  if (declaration === undefined) {
    inputs.context.reports.add(
      'implementation',
      `the package ${inputs.linked.main.name} has no recovery function`,
      inputs.refinesSpan,
      'Write `//@ recovery` above the function that runs after a crash; it may be empty: `func Recover() {}`.',
    );
  }
  return roleCode(declaration, 'recovery', inputs);
}

function roleCode(
  declaration: FunctionDeclaration | undefined,
  role: Role,
  inputs: Inputs,
): (() => Code) | null {
  if (declaration === undefined || !isCallable(declaration, role, inputs.context.reports)) return null;
  const receiver = receiverOf(declaration, inputs);
  if (receiver === 'refused') return null;
  const finish = lowerFunction(inputs.context, declaration, {
    role,
    receiver,
    start: role === 'boot' || !inputs.start.isNeeded ? null : inputs.start,
  });
  return () => {
    const code = finish();
    const reason = `${declaration.name} is the ${role} function`;
    checkHints(code, role === 'recovery' ? 'help' : null, reason, inputs);
    return code;
  };
}

/** Stands for the recovery or the initialisation function where there is none but what Go runs first. */
function emptyFunction({ refinesSpan: span }: Inputs, name: string): FunctionDeclaration {
  return {
    name,
    fullName: name,
    exported: false,
    receiver: null,
    parameters: [],
    variadic: false,
    resultTypes: [],
    results: [],
    body: { span, statements: [] },
    typeArguments: [],
    library: null,
    annotations: [],
    span,
    nameSpan: span,
  };
}

/** An operation takes effect, recovery helps; the other hint would be silently without effect. */
function checkHints(code: Code, allowed: 'commit' | 'help' | null, reason: string, inputs: Inputs): void {
  for (const instruction of code.instructions) {
    if (instruction.kind === 'claim' && allowed !== 'commit') {
      inputs.context.reports.add(
        'annotation',
        `\`${instruction.claim.kind}\` is for operations: ${reason}`,
        instruction.source.span,
        'Nobody else runs at the same time: there is no need for a lock here.',
      );
    }
    if (instruction.kind !== 'hint' || instruction.hint === allowed) continue;
    inputs.context.reports.add(
      'annotation',
      `\`${instruction.hint}\` has no effect here: ${reason}`,
      instruction.source.span,
      allowed === null ? 'Remove it.' : `\`//@ ${allowed}\` is the hint for it.`,
    );
  }
}

/** The package variable that a method of the system belongs to: the only one of the receiver's type. */
function receiverOf(declaration: FunctionDeclaration, inputs: Inputs): Place | null | 'refused' {
  const { receiver } = declaration;
  if (receiver === null) return null;
  const { reports, memory } = inputs.context;
  if (receiver.type.kind !== 'pointer') {
    const plain = underlying(receiver.type);
    if (plain.kind === 'struct' && plain.fields.length === 0) return null;
    reports.unsupported(
      `the value receiver of ${declaration.fullName}`,
      receiver.span,
      'Use a pointer receiver: it stands for the package variable of that type.',
    );
    return 'refused';
  }
  const { element } = receiver.type;
  const candidates = inputs.linked.main.variables.filter((each) =>
    [element, receiver.type].some((type) => identicalTypes(each.variable.type, type)),
  );
  const [only, second] = candidates;
  const stored = only === undefined ? undefined : memory.get(only.variable);
  const node = stored?.kind === 'pointer' ? stored.target : stored;
  if (node === undefined || second !== undefined) {
    const count = candidates.length;
    reports.unsupported(
      `the receiver of ${declaration.fullName}, of whose type there ${count === 1 ? 'is 1 package variable' : `are ${count} package variables`},`,
      receiver.span,
      'Declare exactly one package variable of that type, or let the `//@ boot` function make the value and return it.',
    );
    return 'refused';
  }
  if (only !== undefined && stored?.kind !== 'pointer' && identicalTypes(only.variable.type, receiver.type)) {
    reports.unsupported(
      `the receiver of ${declaration.fullName}, for which ${only.variable.name} may stand or not,`,
      receiver.span,
      'A pointer that operations are methods of refers to a struct with a lock in it, which the boot function makes.',
    );
    return 'refused';
  }
  return { root: 'memory', node, keys: [] };
}

/** Callers may call every exported function, so each one that touches state must be an operation of the specification. */
function checkExported(
  entries: ReadonlySet<FunctionDeclaration>,
  boot: FunctionDeclaration | undefined,
  inputs: Inputs,
): void {
  const owners = [...entries].flatMap(({ receiver }) =>
    receiver?.type.kind === 'pointer' ? [receiver.type.element] : [],
  );
  const isOwner = (part: GoType): boolean => owners.some((owner) => isConvertible(part, owner));
  const functions = [
    ...inputs.program.functions,
    ...inputs.linked.all.flatMap(({ genericFunctions }) => genericFunctions),
  ];
  const fields = new FixedFields(functions, boot, isOwner);
  const use: StateUse = {
    isPure: (imported, called) => inputs.context.machineFunction(imported, called)?.kind === 'pure',
    isState: (variable) =>
      variable.role === 'package' && inputs.context.fixed.valueOf(variable) === undefined,
    // What operations are methods of stands for a package variable, whoever passes it, and under whatever name of its type.
    leadsToState: (type) => owners.length > 0 && leadsTo(type, isOwner),
    isFixed: (expression) => fields.isRead(expression),
    methods: (name) => functions.filter((each) => each.receiver !== null && each.name === name),
  };
  const { ownFunctions, main } = inputs.linked;
  for (const declaration of [...ownFunctions, ...main.genericFunctions]) {
    const isOwn = declaration.exported && declaration.library === null;
    if (!isOwn || entries.has(declaration) || !reachesState(declaration, use)) continue;
    inputs.context.reports.add(
      'implementation',
      `the exported function ${declaration.fullName} uses the machine or package variables but is no operation of ${inputs.specification}`,
      declaration.nameSpan,
      'Annotate it with `//@ op ...`, or give it a name that begins with a small letter.',
    );
  }
}

function isConvertible(type: GoType, owner: GoType): boolean {
  return identicalTypes(type, owner) || identicalTypes(underlying(type), underlying(owner));
}

/** Whether a package variable may ever have another value than at the beginning. */
function isState(variable: Variable, { context }: Inputs): boolean {
  return context.memory.has(variable) && context.fixed.valueOf(variable) === undefined;
}

/** Other packages may change an exported variable whenever they like (that they leave errors alone is trusted); what no code here uses is nobody's concern. */
function checkVariables({ linked, context }: Inputs): void {
  if (linked.isClosed) return;
  for (const { variable } of linked.variables) {
    const isUsed = linked.isOwn(variable.span) || context.memory.has(variable);
    if (!isUsed || !isExported(variable.name) || context.fixed.isSentinel(variable)) continue;
    context.reports.unsupported(
      `an exported variable (${linked.nameOf(variable)})`,
      variable.span,
      'Other packages could change it: give it a name that begins with a small letter.',
    );
  }
}
