import type { GoType } from '../go/index.js';
import { underlying } from '../go/index.js';

/** How the usual compiler lays out a value on a 64-bit machine. */
export interface Layout {
  readonly size: bigint;
  readonly alignment: bigint;
  /** Has addresses in it, which the garbage collector follows. */
  readonly hasPointers: boolean;
}

const WORD: Layout = { size: 8n, alignment: 8n, hasPointers: true };

/** The layout of the values of a type. */
export function layoutOf(type: GoType): Layout {
  const plain = underlying(type);
  switch (plain.kind) {
    case 'bool':
      return { size: 1n, alignment: 1n, hasPointers: false };
    case 'integer': {
      const size = BigInt(plain.bits / 8);
      return { size, alignment: size, hasPointers: false };
    }
    case 'mutex':
      return { size: 8n, alignment: 4n, hasPointers: false };
    case 'string':
    case 'interface':
      return { ...WORD, size: 16n };
    case 'slice':
      return { ...WORD, size: 24n };
    case 'array': {
      const element = layoutOf(plain.element);
      const hasPointers = element.hasPointers && plain.length > 0n;
      return { ...element, size: element.size * plain.length, hasPointers };
    }
    case 'struct':
      return structLayout(plain.fields.map((field) => layoutOf(field.type)));
    default:
      return WORD;
  }
}

function structLayout(fields: readonly Layout[]): Layout {
  let size = 0n;
  for (const field of fields) size = roundUp(size, field.alignment) + field.size;
  // A field without a size at the end gets an address of its own.
  if (fields.at(-1)?.size === 0n && size > 0n) size += 1n;
  const alignment = fields.reduce((most, field) => (field.alignment > most ? field.alignment : most), 1n);
  return {
    size: roundUp(size, alignment),
    alignment,
    hasPointers: fields.some((field) => field.hasPointers),
  };
}

function roundUp(value: bigint, multiple: bigint): bigint {
  return ((value + multiple - 1n) / multiple) * multiple;
}

/** Whether values of the type take up memory. */
export function hasSize(type: GoType): boolean {
  return layoutOf(type).size > 0n;
}
