import type { GoType, FunctionDeclaration } from '../go/index.js';
import { isError, showGoType } from '../go/index.js';
import type { Local, MachineOperation, Statement } from '../ir/index.js';
import { BOOL } from '../ir/index.js';
import { leadsTo } from './contained.js';
import type { TypeTable } from './go-type.js';
import { literal } from './operators.js';
import type { CodeRole } from './lowering.js';
import type { Reports } from './reports.js';

/**
 * The step by which the boot function gets its arguments: any that its caller may choose, at each start others. Null: it has no parameters, or
 * some of a type that is refused.
 */
export function argumentsOf(
  { parameters, fullName, nameSpan: span }: FunctionDeclaration,
  types: TypeTable,
  reports: Reports,
): MachineOperation | null {
  const found = parameters.find(({ type }) => leadsTo(type, isOfCaller));
  if (found !== undefined) {
    reports.unsupported(
      `a parameter of type ${showGoType(found.type)} of the boot function`,
      found.span,
      'Use numbers, truth values, machine types, and structs and arrays of them.',
    );
    return null;
  }
  if (parameters.length === 0) return null;
  const locals = parameters.map((each): Local => ({
    name: each.name,
    type: types.lower(each.type, each.span),
  }));
  const choices = locals.map(({ type }, local): Statement => ({
    kind: 'choose',
    local,
    type,
    where: literal(BOOL, true),
    span,
  }));
  return {
    name: `${fullName}.arguments`,
    parameterCount: 0,
    resultCount: locals.length,
    locals,
    sections: [choices],
    role: { kind: 'layer' },
    span,
  };
}

/** Memory that stays the caller's, code of the caller's, and what nobody may copy. */
function isOfCaller({ kind }: GoType): boolean {
  return ['slice', 'pointer', 'map', 'interface', 'function', 'channel', 'mutex', 'sync'].includes(kind);
}

/** Whether a function of a role can be called: whoever starts the program calls boot, with arguments, and learns whether it worked. */
export function isCallable(declaration: FunctionDeclaration, role: CodeRole, reports: Reports): boolean {
  const { parameters, resultTypes, results, fullName, nameSpan } = declaration;
  const [result, second] = resultTypes;
  const isBoot = role === 'boot';
  const mayFail = isBoot && isError(result) && second === undefined;
  if ((parameters.length > 0 && !isBoot) || (resultTypes.length > 0 && !mayFail)) {
    reports.add(
      'implementation',
      isBoot
        ? `the boot function ${fullName} must have no results, or return what operations are methods of, an error, or both`
        : `the ${role} function ${fullName} must have no parameters and no results`,
      nameSpan,
      isBoot ? 'Nobody is there to receive them.' : 'Nobody is there to pass or to receive them.',
    );
    return false;
  }
  if (results.length === 0) return true;
  reports.unsupported(
    'a named result of the boot function',
    nameSpan,
    'Leave the name out: `func Start() error`.',
  );
  return false;
}
