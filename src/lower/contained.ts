import type { Field, GoType, TypeDeclaration } from '../go/index.js';
import { underlying } from '../go/index.js';

/** Whether values of the type are, hold or lead to something of a kind, however deep, by the fields of structs that count. */
export function leadsTo(
  type: GoType,
  isIt: (type: GoType) => boolean,
  counts: (field: Field) => boolean = () => true,
): boolean {
  const seen = new Set<TypeDeclaration>();
  const visit = (each: GoType): boolean => {
    if (each.kind === 'named') {
      if (seen.has(each.declaration)) return false;
      seen.add(each.declaration);
    }
    const plain = underlying(each);
    if (isIt(each) || isIt(plain)) return true;
    switch (plain.kind) {
      case 'struct':
        return plain.fields.some((field) => counts(field) && visit(field.type));
      case 'array':
      case 'slice':
      case 'pointer':
      case 'channel':
        return visit(plain.element);
      case 'map':
        return visit(plain.key) || visit(plain.value);
      case 'tuple':
        return plain.elements.some(visit);
      case 'bool':
      case 'string':
      case 'integer':
      case 'untyped':
      case 'function':
      case 'interface':
      case 'parameter':
      case 'mutex':
      case 'sync':
      case 'machine':
        return false;
    }
  };
  return visit(type);
}
