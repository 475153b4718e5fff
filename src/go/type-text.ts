import type { FunctionType, GoType, InterfaceType, TypeTerm, WrittenInterface } from './type.js';

/** The type as Go spells it. */
export function showGoType(type: GoType): string {
  switch (type.kind) {
    case 'bool':
    case 'string':
      return type.kind;
    case 'integer':
      return type.name;
    case 'untyped':
      return `untyped ${type.of}`;
    case 'named':
    case 'parameter':
      return type.name;
    case 'struct':
      return `struct{${type.fields
        .map((field) => (field.embedded ? showGoType(field.type) : `${field.name} ${showGoType(field.type)}`))
        .join('; ')}}`;
    case 'array':
      return `[${type.length}]${showGoType(type.element)}`;
    case 'slice':
      return `[]${showGoType(type.element)}`;
    case 'pointer':
      return `*${showGoType(type.element)}`;
    case 'map':
      return `map[${showGoType(type.key)}]${showGoType(type.value)}`;
    case 'channel':
      return `${{ both: 'chan', send: 'chan<-', receive: '<-chan' }[type.direction]} ${showGoType(type.element)}`;
    case 'function':
      return `func${showSignature(type)}`;
    case 'interface':
      return showInterface(type);
    case 'mutex':
      return 'sync.Mutex';
    case 'sync':
      return type.name;
    case 'machine':
      return `${type.packageName}.${type.name}`;
    case 'tuple':
      return `(${type.elements.map(showGoType).join(', ')})`;
  }
}

function showSignature({ parameters, results, variadic }: FunctionType): string {
  const shown = parameters.map((parameter, index) =>
    variadic && index === parameters.length - 1 && parameter.kind === 'slice'
      ? `...${showGoType(parameter.element)}`
      : showGoType(parameter),
  );
  const [only] = results;
  const after =
    only === undefined
      ? ''
      : results.length === 1
        ? ` ${showGoType(only)}`
        : ` (${results.map(showGoType).join(', ')})`;
  return `(${shown.join(', ')})${after}`;
}

function showInterface({ methods, terms, comparable, written }: InterfaceType): string {
  if (written !== undefined) return showWritten(written);
  if (methods.length === 0 && terms === null) return comparable ? 'comparable' : 'any';
  const parts = [
    ...(comparable ? ['comparable'] : []),
    ...methods.map((method) => `${method.name}${showSignature(method.type)}`),
    ...(terms === null ? [] : [terms.map(showTerm).join(' | ')]),
  ];
  return `interface{ ${parts.join('; ')} }`;
}

function showWritten({ methods, elements }: WrittenInterface): string {
  const parts = [
    ...methods.map((method) => `${method.name}${showSignature(method.type)}`),
    ...elements.map((terms) => terms.map(showTerm).join(' | ')),
  ];
  return parts.length === 0 ? 'any' : `interface{ ${parts.join('; ')} }`;
}

function showTerm({ tilde, type }: TypeTerm): string {
  return `${tilde ? '~' : ''}${showGoType(type)}`;
}
