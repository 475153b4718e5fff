import type { Expression } from '../ir/index.js';
import type { CallExpression } from '../go/index.js';
import type { Argument, Lowering } from './lowering.js';
import { localOf } from './operators.js';
import type { ProcedureCode } from './procedures.js';
import { assumeWellFormed } from './reference.js';

/** Calls a function that is verified on its own. */
export function invokeProcedure(
  lowering: Lowering,
  call: CallExpression,
  procedure: ProcedureCode,
  receiver: Argument | null,
  given: readonly Argument[],
): readonly Expression[] {
  const { builder } = lowering;
  const passed = [...(receiver === null ? [] : [receiver]), ...given];
  const args = passed.slice(0, procedure.parameters.length).map((argument) => {
    if (argument.kind === 'alias') throw new Error(`${procedure.name} is given a place`);
    return argument.value;
  });
  const results = procedure.results.map((type) => builder.newTemporary('$result', type));
  const { source } = builder;
  builder.source = { ...source, span: call.span };
  builder.emit({ kind: 'invoke', procedure: procedure.name, arguments: args, results });
  for (const { map } of lowering.mapLoops) {
    lowering.loopedCalls.push({ map: map.type, procedure: procedure.name, span: call.span });
  }
  const values = results.map((local, index) => localOf(local, typeAt(procedure, index)));
  for (const value of values) assumeWellFormed(lowering, value);
  builder.source = source;
  return values;
}

function typeAt({ results, name }: ProcedureCode, index: number): Expression['type'] {
  const type = results[index];
  if (type === undefined) throw new Error(`${name} has no result ${index}`);
  return type;
}
