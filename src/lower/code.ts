import type { Span } from '../base/source.js';
import type { Code, Expression } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type { FunctionDeclaration, Statement, Variable } from '../go/index.js';
import { underlying } from '../go/index.js';
import { InstructionBuilder } from './builder.js';
import { lowerCall } from './call.js';
import { enterFrame, finishReturn } from './inline.js';
import type { CodeRole, Lowering, PackageContext, Place } from './lowering.js';
import { currentFrame } from './lowering.js';
import { localOf } from './operators.js';
import { checkOpenCalls } from './function-value.js';
import { checkGoroutineSharing } from './goroutine-sharing.js';
import { fixedValue } from './known-value.js';
import { checkLocalChannels } from './local-channel-use.js';
import { lowerPlace, storePlace } from './place.js';
import type { Start } from './start.js';
import { lowerBlock, lowerStatement, partsOf } from './statement.js';
import { isLength } from './reference.js';
import { regionOf } from './region.js';
import { RegionCode } from './region-code.js';
import { anySliceOf } from './slice.js';
import { boxVariable, declareVariable, newVariable } from './variable.js';
import { lowerValue } from './value.js';

/**
 * Lowers a function with everything that it calls inlined. `receiver` is the place that a pointer receiver stands for. What is
 * wrong goes to the context's reports. What is returned finishes the code; all code of the package must be lowered before.
 */
export function lowerFunction(
  context: PackageContext,
  declaration: FunctionDeclaration,
  options: {
    readonly role: CodeRole;
    readonly receiver: Place | null;
    /** What runs first. */
    readonly start: Start | null;
  },
): () => Code {
  const source = { span: declaration.nameSpan, text: signatureText(declaration), callers: [] };
  const builder = new InstructionBuilder(source);
  const lowering = newLowering(context, builder, options.role);
  if (options.role === 'boot') takeArguments(lowering, declaration);
  else {
    const given = declaration.parameters.map((parameter) => givenParameter(lowering, parameter));
    for (const take of given) take();
  }
  if (declaration.receiver !== null) {
    if (options.receiver === null) newVariable(lowering, declaration.receiver);
    else lowering.aliases.set(declaration.receiver, options.receiver);
  }
  enterFrame(lowering, declaration, null, []);
  options.start?.lower(lowering);
  lowering.block(declaration.body);
  if (builder.reachable) {
    builder.source = { ...source, span: closingBrace(declaration.body.span) };
    finishReturn(lowering, currentFrame(lowering));
  }
  checkOpenCalls(lowering);
  lowering.regions.unify(context.regions);
  return () => {
    checkMemory(lowering);
    lowering.regions.resolve(context.regions, null);
    const memory = lowering.regions.privateMemory();
    const code: Code = {
      name: declaration.fullName,
      locals: builder.locals,
      parameterCount: options.role === 'boot' ? 0 : declaration.parameters.length,
      instructions: builder.finish(),
      span: declaration.span,
    };
    checkGoroutineSharing(
      {
        ...code,
        isConstant: (local) => builder.isConstant(local),
        memory: memory.all,
        ofCaller: memory.ofCaller,
        initialCount: memory.all.size,
      },
      context.reports,
    );
    checkLocalChannels(code.instructions, context, context.reports);
    return code;
  };
}

/** What is refused of memory; all code must be lowered before, and all that flows into one another be unified. */
function checkMemory(lowering: Lowering): void {
  const { context } = lowering;
  const codes = [lowering.regions, ...context.procedures.regionsFrom(lowering.regions)];
  const borrowed = lowering.regions.borrowedRegions();
  for (const span of codes.flatMap((code) => code.writes(borrowed))) {
    context.reports.unsupported(
      'writing to what may be a parameter of the operation',
      span,
      'It belongs to the caller: copy it first, with `copy` into a slice of your own.',
    );
  }
  for (const span of codes.flatMap((code) => code.comparisons(borrowed))) {
    context.reports.unsupported(
      'comparing pointers that may lead into a parameter of the operation',
      span,
      'The caller may pass one array twice: compare indices, or the values.',
    );
  }
  for (const { name, span } of lowering.regions.keptParameters()) {
    context.reports.unsupported(
      `keeping the memory of the parameter ${name} where a package variable leads to it`,
      span,
      'Parameters and results of operations belong to the caller, who may change them later: keep a copy, made with `append` or `copy`.',
    );
  }
  for (const span of lowering.regions.sharedResults()) {
    context.reports.unsupported(
      'returning memory that a package variable leads to',
      span,
      'The result belongs to the caller: return a copy.',
    );
  }
  checkMapLoops(lowering);
}

/** Loops over maps that others may change meanwhile. */
export function checkMapLoops(lowering: Lowering): void {
  const { context } = lowering;
  for (const { map, span } of lowering.yieldingLoops) {
    if (regionOf(map).shared === null) continue;
    context.reports.unsupported(
      '`range` over a map that a package variable leads to, with a lock released in the loop,',
      span,
      'Others may change the map meanwhile: range over a copy, or keep the lock.',
    );
  }
  for (const { map, procedure, span } of lowering.loopedCalls) {
    if (!context.procedures.mayChange(procedure, map)) continue;
    context.reports.unsupported(
      '`range` over a map, with a call in the loop of a function that has a contract and may change such a map,',
      span,
      'Range over a copy of the keys.',
    );
  }
}

/** The state of lowering a function from its beginning. */
export function newLowering(context: PackageContext, builder: InstructionBuilder, role: CodeRole): Lowering {
  const lowering: Lowering = {
    context,
    builder,
    places: new Map<Variable, Place>(),
    frames: [],
    role,
    regions: new RegionCode(builder),
    aliases: new Map<Variable, Place>(),
    known: new Map(),
    functionValues: [],
    openCalls: [],
    dispatching: [],
    carried: new Map(),
    received: new Map(),
    mapLoops: [],
    yieldingLoops: [],
    loopedCalls: [],
    isOptional: false,
    isGoroutine: false,
    isStarting: false,
    made: new Set(),
    value: (expression): Expression => lowerValue(lowering, expression),
    fixedValue: (variable) => fixedValue(lowering, variable),
    parts: (tuple) => partsOf(lowering, tuple),
    place: (expression) => lowerPlace(lowering, expression),
    store: (place, value, span) => {
      storePlace(lowering, place, value, span);
    },
    call: (call, into) => lowerCall(lowering, call, into),
    block: (block) => {
      lowerBlock(lowering, block);
    },
    statement: (statement: Statement) => {
      lowerStatement(lowering, statement);
    },
  };
  return lowering;
}

/** The variables of the parameters of the boot function, with what a step gives them. */
function takeArguments(lowering: Lowering, { parameters, fullName }: FunctionDeclaration): void {
  const { builder } = lowering;
  const { source } = builder;
  const locals = parameters.map((parameter) => newVariable(lowering, parameter));
  const given = lowering.context.startArguments;
  if (given === null) return;
  const names = parameters.map(({ name }) => name).join(', ');
  builder.source = { ...source, text: `${fullName}(${names})` };
  builder.emit({ kind: 'call', operation: given.name, arguments: [], results: locals });
  builder.source = source;
  parameters.forEach((parameter, index) => {
    boxVariable(lowering, parameter, locals[index] ?? 0);
  });
}

/** A parameter of an op; what is returned makes the Go variable of it, once all parameters have their locals. */
function givenParameter(lowering: Lowering, parameter: Variable): () => void {
  const { builder, context } = lowering;
  if (underlying(parameter.type).kind !== 'slice') {
    const local = newVariable(lowering, parameter);
    return () => {
      boxVariable(lowering, parameter, local);
    };
  }
  const type = context.types.boundary(parameter.type, parameter.span);
  const sequence = localOf(builder.newLocal(parameter.name, type), type);
  return () => {
    const length: Expression = { kind: 'length', sequence, type: UINT64 };
    builder.emit({ kind: 'assume', condition: isLength(length), reason: 'memory' });
    const goType = context.types.lower(parameter.type, parameter.span);
    const slice = anySliceOf(lowering, goType, sequence, parameter.type);
    lowering.regions.borrow(slice.type, parameter);
    declareVariable(lowering, parameter, slice);
  };
}

/** Where a function returns that ends without `return`. */
function closingBrace({ file, end }: Span): Span {
  const start = { line: end.line, column: end.column - 1, offset: end.offset - 1 };
  return { file, start, end };
}

function signatureText(declaration: FunctionDeclaration): string {
  return `func ${declaration.fullName}`;
}
