/** A parsed s-expression: an atom, or a list. */
export type SExpression = string | readonly SExpression[];

const TOKEN = /\s+|;[^\n]*|(\(|\)|\|[^|]*\||"(?:[^"]|"")*"|[^\s()|";]+)/y;

/** Parses a sequence of s-expressions. Throws where the text is none. */
export function parseSExpressions(text: string): readonly SExpression[] {
  const stack: SExpression[][] = [[]];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const position = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`unexpected text at ${position}`);
    const token = match[1];
    if (token === undefined) continue;
    if (token === '(') {
      stack.push([]);
    } else if (token === ')') {
      const list = stack.pop();
      const parent = stack.at(-1);
      if (!list || !parent) throw new Error('unbalanced parentheses');
      parent.push(list);
    } else {
      stack.at(-1)?.push(token.startsWith('|') ? token.slice(1, -1) : token);
    }
  }
  const [result] = stack;
  if (stack.length !== 1 || !result) throw new Error('unbalanced parentheses');
  return result;
}
