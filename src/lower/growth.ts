import type { Expression } from '../ir/index.js';
import { UINT64 } from '../ir/index.js';
import type { GoType } from '../go/index.js';
import type { Layout } from './layout.js';
import { layoutOf } from './layout.js';
import { arithmetic, compare, conditional, literal } from './operators.js';

/** Sizes in which the usual runtime hands out memory; larger pieces are whole pages. */
const SIZES: readonly bigint[] = [
  8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416,
  448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200,
  3456, 4096, 4864, 5120, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336,
  16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
].map(BigInt);
const PAGE = 8192n;
/** Pieces with pointers in them that are larger than this begin with a word for the garbage collector. */
const LARGEST_WITHOUT_HEADER = 512n;
const HEADER = 8n;
/** Slices shorter than this double; longer ones grow by a quarter. */
const SHORT = 256n;

/**
 * The capacity that the usual compiler gives a slice of capacity `before` when it must hold `needed` elements. Any other that is large enough
 * would be as right; this one makes executions those of real programs.
 */
export function usualCapacity(before: Expression, needed: Expression, element: GoType): Expression {
  const layout = layoutOf(element);
  if (layout.size === 0n) return needed;
  return rounded(grown(before, needed), layout);
}

function number(value: bigint): Expression {
  return literal(UINT64, value);
}

function grown(before: Expression, needed: Expression): Expression {
  const doubled = arithmetic('add', before, before);
  let longer: Expression = before;
  // Four rounds more than double it.
  for (let round = 0; round < 4; round++) {
    const more = arithmetic('divide', arithmetic('add', longer, number(3n * SHORT)), number(4n));
    const next = arithmetic('add', longer, more);
    longer = round === 0 ? next : conditional(compare('less', longer, needed), next, longer);
  }
  const usual = conditional(compare('less', before, number(SHORT)), doubled, longer);
  return conditional(compare('less', doubled, needed), needed, usual);
}

/** The number of elements that fit into the piece of memory that holds at least so many. */
function rounded(count: Expression, layout: Layout): Expression {
  const { size } = layout;
  const bytes = arithmetic('multiply', count, number(size));
  const overhead = (piece: bigint): bigint =>
    layout.hasPointers && piece > LARGEST_WITHOUT_HEADER ? HEADER : 0n;
  const pages = arithmetic('divide', arithmetic('add', bytes, number(PAGE - 1n)), number(PAGE));
  const large = arithmetic('divide', arithmetic('multiply', pages, number(PAGE)), number(size));
  return [...SIZES].reverse().reduce<Expression>((rest, piece) => {
    const room = piece - overhead(piece);
    return conditional(compare('lessEqual', bytes, number(room)), number(room / size), rest);
  }, large);
}
