import type { GoPackage, GoType } from '../../src/go/index.js';
import { showGoType } from '../../src/go/index.js';

/** What our checker says of an expression or a declared name. */
export interface OwnFact {
  readonly kind: string;
  readonly type: string;
  /** As the oracle writes constant values; empty: none. */
  readonly value: string;
}

/** Facts by where they are; several nodes may stand at the same place: what is implicit, and instances of generic code. */
export interface OwnFacts {
  readonly expressions: ReadonlyMap<string, readonly OwnFact[]>;
  readonly names: ReadonlyMap<string, readonly OwnFact[]>;
}

export function expressionKey(file: string, start: number, end: number): string {
  return `${file}:${start}-${end}`;
}

export function nameKey(file: string, start: number): string {
  return `${file}:${start}`;
}

type Node = Readonly<Record<string, unknown>>;

/**
 * Everything that the checked package says about its expressions, found by looking at all of the tree, whatever its shape: what has a
 * position, a kind and a type is an expression, a variable, a field or a constant.
 */
export function ownFacts(goPackage: GoPackage): OwnFacts {
  const expressions = new Map<string, OwnFact[]>();
  const names = new Map<string, OwnFact[]>();
  const seen = new Set<unknown>();
  const pending: unknown[] = [goPackage];
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    if (seen.has(each)) continue;
    seen.add(each);
    if (each instanceof Map) pending.push(...(each as ReadonlyMap<unknown, unknown>).values());
    else if (isNode(each)) {
      record(each, expressions, names);
      pending.push(...Object.values(each).filter((value) => typeof value === 'object' && value !== null));
    }
  }
  return { expressions, names };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

interface Place {
  readonly file: string;
  readonly start: { readonly offset: number };
  readonly end: { readonly offset: number };
}

function record(node: Node, expressions: Map<string, OwnFact[]>, names: Map<string, OwnFact[]>): void {
  const { span, type } = node as { readonly span?: Place; readonly type?: GoType };
  if (span?.file === undefined || typeof type !== 'object') return;
  const add = (map: Map<string, OwnFact[]>, key: string, kind: string, value: unknown): void => {
    const list = map.get(key) ?? [];
    list.push({ kind, type: typeText(type), value: valueText(value) });
    map.set(key, list);
  };
  const place = nameKey(span.file, span.start.offset);
  if ('role' in node) add(names, place, 'variable', undefined);
  else if ('expression' in node && 'value' in node) add(names, place, 'constant', node['value']);
  else if ('name' in node && 'annotations' in node) add(names, place, 'field', undefined);
  else if (typeof node['kind'] === 'string') {
    const key = expressionKey(span.file, span.start.offset, span.end.offset);
    add(expressions, key, node['kind'], node['constant']);
  }
}

/** Stands for a type that contains itself without a name, by way of an alias, and so cannot be written. */
export const ENDLESS = 'endless';

/** Without the names of packages: the oracle leaves them out as well. */
function typeText(type: GoType): string {
  try {
    return showGoType(expanded(type, DEEPEST) as GoType).replaceAll(/\b\w+\.(?=\w)/g, '');
  } catch (error) {
    if (error instanceof RangeError) return ENDLESS;
    throw error;
  }
}

/** Deeper than what the oracle writes down. */
const DEEPEST = 24;

/** Where other types stand in a type that has no name. */
const PARTS = new Set(['element', 'key', 'fields', 'parameters', 'results', 'methods', 'elements', 'type']);

/** The type with all methods of its interfaces, as the oracle writes them, and not with those that stand there. */
function expanded(type: unknown, depth: number): unknown {
  if (Array.isArray(type)) return type.map((each) => expanded(each, depth));
  if (!isNode(type) || depth === 0) return type;
  const parts = Object.entries(type).filter(([name]) => name !== 'written');
  return Object.fromEntries(
    parts.map(([name, part]) => [name, PARTS.has(name) ? expanded(part, depth - 1) : part]),
  );
}

function valueText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `string ${bytesOf(value).toString('hex')}`;
    case 'bigint':
    case 'boolean':
      return value.toString();
    default:
      return isNode(value) ? `${String(value['numerator'])}/${String(value['denominator'])}` : '';
  }
}

/** A lone surrogate U+DC00 + b stands for the byte b that is no part of valid UTF-8. */
function bytesOf(text: string): Buffer {
  const parts = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code >= 0xdc00 && code < 0xdd00 ? Buffer.from([code - 0xdc00]) : Buffer.from(character);
  });
  return Buffer.concat(parts);
}
