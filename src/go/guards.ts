import type { Diagnostic } from '../base/diagnostic.js';
import type { SyntaxNode, SyntaxTree } from './syntax.js';

/**
 * What Go's own parser rejects and the grammar accepts: lines that Go separates by an automatic semicolon, stray commas,
 * composite literals in the headers of statements, declarations out of order, and the spelling of identifiers.
 */
export function checkSyntax(tree: SyntaxTree): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  checkOrder(tree.root, diagnostics);
  checkSemicolons(tree, diagnostics);
  for (const token of tree.tokens) {
    checkToken(token, diagnostics);
    checkLongest(token, diagnostics);
  }
  checkNodes(tree.root, diagnostics);
  return diagnostics;
}

const DECLARATIONS = new Set([
  'function_declaration',
  'method_declaration',
  'const_declaration',
  'type_declaration',
  'var_declaration',
]);

function checkOrder(root: SyntaxNode, diagnostics: Diagnostic[]): void {
  const report = (node: SyntaxNode, message: string): void => {
    diagnostics.push({ code: 'syntax', message, span: node.span });
  };
  const [first, ...rest] = root.children;
  if (first?.type !== 'package_clause') {
    diagnostics.push({
      code: 'syntax',
      message: 'the file does not begin with a package clause',
      span: (first ?? root).span,
      hint: 'Begin the file with `package` and a name.',
    });
    return;
  }
  let declared = false;
  for (const node of rest) {
    if (node.type === ';') continue;
    if (node.type === 'import_declaration') {
      if (declared) report(node, 'imports must come before other declarations');
    } else if (DECLARATIONS.has(node.type)) {
      declared = true;
    } else {
      report(
        node,
        node.type === 'package_clause'
          ? 'there is a second package clause'
          : 'there is a statement outside of a function',
      );
    }
  }
}

const WORDS = new Set([
  'identifier',
  'type_identifier',
  'field_identifier',
  'package_identifier',
  'label_name',
]);
/** Tokens after which Go's lexer ends the statement at the end of the line, other than words and literals. */
const ENDING =
  /^(true|false|nil|iota|blank_identifier|break|continue|fallthrough|fallthrough_statement|return|\+\+|--|\)|\]|\}|.*_literal)$/;
const LISTS = new Set([
  'source_file',
  'block',
  'statement_list',
  'const_declaration',
  'type_declaration',
  'var_declaration',
  'var_spec_list',
  'import_spec_list',
  'field_declaration_list',
  'interface_type',
]);
const SWITCHES = new Set(['expression_switch_statement', 'type_switch_statement', 'select_statement']);

/** Where Go inserts a semicolon, two tokens may only have a list (of statements, declarations, fields) in common. */
function checkSemicolons(tree: SyntaxTree, diagnostics: Diagnostic[]): void {
  const { tokens, source } = tree;
  for (let index = 1; index < tokens.length; index++) {
    const left = tokens[index - 1];
    const right = tokens[index];
    if (left === undefined || right === undefined) continue;
    checkCaseStart(left, right, diagnostics);
    if (!WORDS.has(left.type) && !ENDING.test(left.type)) continue;
    if (!source.text.slice(left.end, right.start).includes('\n')) continue;
    if (separates(left, right)) continue;
    diagnostics.push({
      code: 'syntax',
      message: `Go ends the statement at the end of the line before \`${right.text}\``,
      span: right.span,
      hint: 'Write it on one line, or break the line after an operator, a comma or an opening bracket.',
    });
  }
}

/** A statement and the `case` behind it on the same line need a `;` between them. */
function checkCaseStart(left: SyntaxNode, right: SyntaxNode, diagnostics: Diagnostic[]): void {
  if (right.type !== 'case' && right.type !== 'default') return;
  if (/^[{:;]$/.test(left.type) || right.source.text.slice(left.end, right.start).includes('\n')) return;
  diagnostics.push({
    code: 'syntax',
    message: `a line break or \`;\` is missing before \`${right.text}\``,
    span: right.span,
  });
}

function separates(left: SyntaxNode, right: SyntaxNode): boolean {
  let below = right;
  let ancestor = right.parent;
  while (ancestor !== null && !(ancestor.start <= left.start && left.end <= ancestor.end)) {
    below = ancestor;
    ancestor = ancestor.parent;
  }
  if (ancestor === null) return true;
  if (SWITCHES.has(ancestor.type)) return below.type.endsWith('_case') || below.type === '}';
  return LISTS.has(ancestor.type);
}

const BRACKETS = new Set(['parameter_list', 'argument_list', 'literal_value']);

function checkToken(token: SyntaxNode, diagnostics: Diagnostic[]): void {
  if (WORDS.has(token.type) && !/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(token.text)) {
    diagnostics.push({
      code: 'syntax',
      message: `\`${token.text}\` is not an identifier of Go`,
      span: token.span,
    });
  }
}

/** A comma stands behind an element. */
function checkCommas(node: SyntaxNode, diagnostics: Diagnostic[]): void {
  if (!BRACKETS.has(node.type)) return;
  let before: SyntaxNode | null = null;
  for (const child of node.children) {
    if (child.type === ',' && before?.named !== true) {
      diagnostics.push({ code: 'syntax', message: 'unexpected `,`', span: child.span });
    }
    before = child;
  }
}

const OPERATORS =
  '<<= >>= &^= ... && || == != <= >= << >> &^ <- ++ -- := += -= *= /= %= &= |= ^= /* //'.split(' ');

/** Go's lexer takes the longest operator, whatever would parse: `a<-1` is a send, `5/*p` begins a comment. */
function checkLongest(token: SyntaxNode, diagnostics: Diagnostic[]): void {
  if (token.named || /^\w/.test(token.type)) return;
  const ahead = token.source.text.slice(token.start, token.start + 3);
  const longest = OPERATORS.find((operator) => ahead.startsWith(operator));
  if (longest === undefined || longest.length <= token.end - token.start) return;
  diagnostics.push({
    code: 'syntax',
    message: `Go reads \`${longest}\` here`,
    span: token.span,
    hint: 'Write a space between the operators.',
  });
}

const HEADERS = new Set([
  'if_statement',
  'for_statement',
  'for_clause',
  'range_clause',
  'expression_switch_statement',
]);
const ENCLOSING = new Set([
  'parenthesized_expression',
  'argument_list',
  'literal_value',
  'index_expression',
  'slice_expression',
  'block',
  'expression_case',
  'default_case',
]);

function checkNodes(node: SyntaxNode, diagnostics: Diagnostic[]): void {
  checkCommas(node, diagnostics);
  checkHeader(node, diagnostics);
  for (const child of node.children) checkNodes(child, diagnostics);
}

/** `if x == T{} {` is ambiguous: Go takes the brace for the body. */
function checkHeader(node: SyntaxNode, diagnostics: Diagnostic[]): void {
  if (node.type !== 'composite_literal') return;
  if (!/^(type_identifier|qualified_type|generic_type)$/.test(node.required('type').type)) return;
  for (let above = node.parent; above !== null && !ENCLOSING.has(above.type); above = above.parent) {
    if (!HEADERS.has(above.type)) continue;
    diagnostics.push({
      code: 'syntax',
      message: 'Go takes the brace of this literal for the body of the statement',
      span: node.span,
      hint: 'Write the literal in parentheses.',
    });
    return;
  }
}
