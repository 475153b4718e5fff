import type { Code, Expression } from '../ir/index.js';
import type { FunctionDeclaration, Statement, Variable } from '../go/index.js';
import { InstructionBuilder } from './builder.js';
import { enterFrame, finishReturn, lowerCall } from './call.js';
import type { Frame, Lowering, PackageContext, Place } from './lowering.js';
import { currentFrame, newVariable } from './lowering.js';
import { lowerPlace } from './place.js';
import { lowerBlock, lowerStatement } from './statement.js';
import { lowerValue } from './value.js';

/**
 * Lowers a function with everything that it calls inlined. `receiver` is the place that a pointer receiver stands for. What is
 * wrong goes to the context's reports.
 */
export function lowerFunction(
  context: PackageContext,
  declaration: FunctionDeclaration,
  options: { readonly isRecovery: boolean; readonly receiver: Place | null },
): Code {
  const source = { span: declaration.nameSpan, text: signatureText(declaration), callers: [] };
  const builder = new InstructionBuilder(source);
  const frames: Frame[] = [];
  const lowering: Lowering = {
    context,
    builder,
    places: new Map<Variable, Place>(),
    frames,
    isRecovery: options.isRecovery,
    value: (expression): Expression => lowerValue(lowering, expression),
    place: (expression) => lowerPlace(lowering, expression),
    call: (call, into) => lowerCall(lowering, call, into),
    block: (block) => {
      lowerBlock(lowering, block);
    },
    statement: (statement: Statement) => {
      lowerStatement(lowering, statement);
    },
  };
  for (const parameter of declaration.parameters) newVariable(lowering, parameter);
  if (declaration.receiver !== null) {
    if (options.receiver === null) newVariable(lowering, declaration.receiver);
    else lowering.places.set(declaration.receiver, options.receiver);
  }
  enterFrame(lowering, declaration, null, []);
  lowering.block(declaration.body);
  if (builder.reachable) {
    builder.source = source;
    finishReturn(lowering, currentFrame(lowering));
  }
  return {
    name: declaration.fullName,
    locals: builder.locals,
    parameterCount: declaration.parameters.length,
    instructions: builder.finish(),
    span: declaration.span,
  };
}

function signatureText(declaration: FunctionDeclaration): string {
  return `func ${declaration.fullName}`;
}
