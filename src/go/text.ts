/**
 * Go strings as JavaScript strings: the text in UTF-8, with a lone surrogate U+DC00 + byte for each byte that is not part of valid
 * UTF-8 (which cannot encode surrogates, so nothing is ambiguous).
 */

const ESCAPED = 0xdc00;

/** The bytes of a Go string. */
export function stringBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= ESCAPED && code < 0xe000) bytes.push(code - ESCAPED);
    else if (code < 0x80) bytes.push(code);
    else for (const byte of Buffer.from(character)) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** The Go string of the bytes. */
export function stringOfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length;) {
    const { code, length } = decodeRune(bytes, start);
    text += code === null ? String.fromCharCode(ESCAPED + (bytes[start] ?? 0)) : String.fromCodePoint(code);
    start += length;
  }
  return text;
}

/** The rune that begins there, as Go decodes it; null and one byte where the bytes are not UTF-8. */
function decodeRune(
  bytes: Uint8Array,
  start: number,
): { readonly code: number | null; readonly length: number } {
  const first = bytes[start] ?? 0;
  if (first < 0x80) return { code: first, length: 1 };
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const least = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0;
  let code = first & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    const next = bytes[start + index] ?? 0;
    if ((next & 0xc0) !== 0x80) return { code: null, length: 1 };
    code = (code << 6) | (next & 0x3f);
  }
  const isSurrogate = code >= 0xd800 && code < 0xe000;
  const isWellFormed = first >= 0xc2 && first < 0xf5 && code >= least && code <= 0x10ffff && !isSurrogate;
  return isWellFormed ? { code, length } : { code: null, length: 1 };
}

/** `string(rune)`. */
export function stringOfRune(code: bigint): string {
  const isValid = code >= 0n && code <= 0x10ffffn && !(code >= 0xd800n && code < 0xe000n);
  return isValid ? String.fromCodePoint(Number(code)) : '\uFFFD';
}

/** `left + right`: bytes that are no text apart may be text together. */
export function joinStrings(left: string, right: string): string {
  const text = left + right;
  return /[\uDC00-\uDCFF]/.test(text) ? stringOfBytes(stringBytes(text)) : text;
}

/** Go's order of strings, by bytes: negative, zero or positive. */
export function compareStrings(left: string, right: string): number {
  return left === right ? 0 : Buffer.compare(stringBytes(left), stringBytes(right));
}
