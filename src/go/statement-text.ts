import type { SyntaxNode } from './syntax.js';

const TIGHT_BEFORE = new Set([')', ']', ',', ';', '.', ':', '++', '--']);
const TIGHT_AFTER = new Set(['(', '[', '.', '!']);

/** The statement on one line with fixed spacing; only the header of a statement with a body, and of a `select` its cases. */
export function statementText(node: SyntaxNode): string {
  const tokens: SyntaxNode[] = [];
  collect(node, tokens);
  let text = '';
  let previous: SyntaxNode | null = null;
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token.type === ',' && next !== undefined && /^[)}\]]$/.test(next.type)) continue;
    if (previous !== null && spaced(previous, token)) text += ' ';
    text += normalised(token);
    previous = token;
  }
  return text;
}

/** Tokens of the statement before its body, without the parentheses that gofmt drops around conditions. */
function collect(node: SyntaxNode, tokens: SyntaxNode[]): void {
  if (node.type === 'block') {
    if (node.children[0] !== undefined && tokens.length === 0) tokens.push(node.children[0]);
    return;
  }
  if (node.type === 'parenthesized_expression' && isWholeHeader(node)) {
    for (const child of node.namedChildren) collect(child, tokens);
    return;
  }
  if (node.children.length === 0) {
    tokens.push(node);
    return;
  }
  for (const child of node.children) {
    if (child.type === 'block' && child.field !== null) return;
    if (node.type === 'expression_switch_statement' && child.type === '{') return;
    if (node.parent?.type === 'select_statement' && child.type === 'statement_list') return;
    collect(child, tokens);
  }
}

function isWholeHeader(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === null) return false;
  if (parent.type === 'parenthesized_expression') return isWholeHeader(parent);
  if (parent.type === 'if_statement' || parent.type === 'for_clause') return node.field === 'condition';
  if (parent.type === 'expression_switch_statement') return node.field === 'value';
  return parent.type === 'for_statement' || parent.type === 'range_clause';
}

function normalised(token: SyntaxNode): string {
  if (token.type === 'int_literal') return token.text.toLowerCase();
  return token.text;
}

function spaced(left: SyntaxNode, right: SyntaxNode): boolean {
  if (TIGHT_BEFORE.has(right.type) || TIGHT_AFTER.has(left.type)) return false;
  if (left.parent?.type === 'unary_expression' && left.field === 'operator') return false;
  if (left.type === '*' && left.parent?.type === 'pointer_type') return false;
  if (left.type === ']' && left.parent?.type === 'array_type') return false;
  if (right.type === '(') return right.parent?.type === 'parenthesized_expression' || left.type === 'func';
  if (right.type === '[') return right.parent?.type !== 'index_expression';
  if (right.parent?.type === 'literal_value' && (right.type === '{' || right.type === '}')) {
    return right.type === '{' && right.parent.parent?.type !== 'composite_literal';
  }
  return !(left.type === '{' && left.parent?.type === 'literal_value');
}
