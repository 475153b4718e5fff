import type { Context } from './context.js';
import { declaredType } from './declared-type.js';
import type { DeclaredType } from './declared-type.js';
import type { SyntaxNode } from './syntax.js';
import type { GoType } from './type.js';
import type { Span } from '../base/source.js';

/** Deeper nesting of instances is taken for one without end. */
const DEEPEST = 60;

/** Reports a type whose values would contain a value of the type itself; it is then invalid. */
export function checkValid(context: Context, declared: DeclaredType, at: SyntaxNode | Span): boolean {
  if (declared.invalid || !containsItself(declared.definition, [declared])) return !declared.invalid;
  context.typeError(at, `the type \`${declared.name}\` contains itself`);
  declared.invalidate();
  return false;
}

function containsItself(type: GoType, path: readonly DeclaredType[]): boolean {
  switch (type.kind) {
    case 'named': {
      const declared = declaredType(type);
      if (path.length > DEEPEST) return true;
      // A cycle among other types is theirs, unless they are instances, which nobody looks at by themselves.
      if (path.includes(declared)) return declared === path[0] || declared.origin !== null;
      return containsItself(declared.definition, [...path, declared]);
    }
    case 'struct':
      return type.fields.some((field) => containsItself(field.type, path));
    case 'array':
      return containsItself(type.element, path);
    default:
      return false;
  }
}
