import { type Diagnostic, type Result, failure, success } from '../base/diagnostic.js';
import { BLOCK, BOOL, THREAD, type IntegerType, type Type } from '../ir/index.js';
import type { Scope } from './scope.js';
import type { TypeSyntax } from './syntax.js';
import { nearest } from './text.js';

function integer(bits: IntegerType['bits'], signed: boolean): IntegerType {
  return { kind: 'integer', bits, signed };
}

/** The types that every layer and annotation knows. `int` and `uint` are 64 bits wide, as on the machines that Go code is verified for. */
export const BUILTIN_TYPES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ['bool', BOOL],
  ['Block', BLOCK],
  ['thread', THREAD],
  ['byte', integer(8, false)],
  ['uint', integer(64, false)],
  ['int', integer(64, true)],
  ...([8, 16, 32, 64] as const).flatMap((bits): [string, Type][] => [
    [`uint${bits}`, integer(bits, false)],
    [`int${bits}`, integer(bits, true)],
  ]),
]);

/** The type that is written, in a scope. Errors: an unknown name. */
export function resolveType(syntax: TypeSyntax, scope: Pick<Scope, 'lookupType'>): Result<Type> {
  switch (syntax.kind) {
    case 'name': {
      const type = scope.lookupType(syntax.name) ?? BUILTIN_TYPES.get(syntax.name);
      return type === undefined ? failure(unknownType(syntax)) : success(type);
    }
    case 'map': {
      const key = resolveType(syntax.key, scope);
      if (!key.ok) return key;
      const value = resolveType(syntax.value, scope);
      return value.ok ? success({ kind: 'map', key: key.value, value: value.value }) : value;
    }
    case 'seq':
    case 'set':
    case 'option': {
      const element = resolveType(syntax.element, scope);
      if (!element.ok) return element;
      return success(
        syntax.kind === 'option'
          ? { kind: 'option', value: element.value }
          : { kind: syntax.kind, element: element.value },
      );
    }
  }
}

function unknownType(syntax: TypeSyntax & { readonly kind: 'name' }): Diagnostic {
  const { name, span } = syntax;
  const shape = { map: 'map[K]V', seq: 'seq[T]', set: 'set[T]', option: 'option[T]' }[name];
  if (shape !== undefined) {
    return { code: 'type', message: `'${name}' lacks its type arguments`, span, hint: `Write '${shape}'.` };
  }
  const suggestion = nearest(name, [...BUILTIN_TYPES.keys()]);
  const hint = suggestion === null ? {} : { hint: `Did you mean '${suggestion}'?` };
  return { code: 'name', message: `unknown type '${name}'`, span, ...hint };
}

/** Whether a mathematical integer is a value of the type. */
export function fits(value: bigint, type: IntegerType): boolean {
  const bits = BigInt(type.bits);
  const low = type.signed ? -(1n << (bits - 1n)) : 0n;
  const high = type.signed ? 1n << (bits - 1n) : 1n << bits;
  return value >= low && value < high;
}
