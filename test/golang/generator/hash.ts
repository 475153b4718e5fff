import type { ProgramState } from './scope.js';
import type { Type } from './types.js';

/** Lines that add a value to the hash in the variable `into`. */
export function hashOf(state: ProgramState, into: string, value: string, type: Type): readonly string[] {
  switch (type.kind) {
    case 'integer':
      return [`${into} = ${into}*31 + uint64(${value})`];
    case 'bool':
      return [`if ${value} {`, `\t${into} = ${into}*31 + 1`, '} else {', `\t${into} = ${into}*31 + 2`, '}'];
    case 'struct':
      return type.fields.flatMap((field) => hashOf(state, into, `${value}.${field.name}`, field.type));
    case 'array':
      return Array.from({ length: type.length }, (_element, index) =>
        hashOf(state, into, `${value}[${index}]`, type.element),
      ).flat();
    case 'pointer':
      return hashOf(state, into, `(*${value})`, type.element);
    case 'string':
      return loopOver(state, into, value, { kind: 'integer', name: 'uint8', bits: 8, signed: false }, true);
    case 'slice':
      return loopOver(state, into, value, type.element, false);
    case 'map': {
      // In any order: a sum.
      const [key, element, part] = [state.fresh('k'), state.fresh('e'), state.fresh('h')];
      return [
        `${into} = ${into}*31 + uint64(len(${value}))`,
        `for ${key}, ${element} := range ${value} {`,
        `\t${part} := uint64(7)`,
        ...hashOf(state, part, key, type.key).map((line) => `\t${line}`),
        ...hashOf(state, part, element, type.value).map((line) => `\t${line}`),
        `\t${into} += ${part} * ${part}`,
        '}',
      ];
    }
  }
}

function loopOver(
  state: ProgramState,
  into: string,
  value: string,
  element: Type,
  isString: boolean,
): readonly string[] {
  const index = state.fresh('i');
  const isNil = isString ? [] : [`if ${value} == nil {`, `\t${into}++`, '}'];
  return [
    `${into} = ${into}*31 + uint64(len(${value}))`,
    ...isNil,
    `for ${index} := 0; ${index} < len(${value}); ${index}++ {`,
    ...hashOf(state, into, `${value}[${index}]`, element).map((line) => `\t${line}`),
    '}',
  ];
}
