import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import type { TreeCursor } from 'web-tree-sitter';
import type { Diagnostic } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';
import { refuse } from './refusals.js';
import type { SourceText } from './source-text.js';

/** A node of the concrete syntax tree, without comments and without the ends of lines. */
export class SyntaxNode {
  readonly children: SyntaxNode[] = [];

  constructor(
    readonly source: SourceText,
    /** The grammar's name: `if_statement`, or the token itself: `:=`. */
    readonly type: string,
    readonly named: boolean,
    /** The role in the parent. */
    readonly field: string | null,
    readonly start: number,
    readonly end: number,
    readonly parent: SyntaxNode | null,
    readonly depth: number,
  ) {}

  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }

  get span(): Span {
    return this.source.span(this.start, this.end);
  }

  get namedChildren(): readonly SyntaxNode[] {
    return this.children.filter((child) => child.named);
  }

  /** The child with that role, if there is one. */
  child(field: string): SyntaxNode | null {
    return this.children.find((child) => child.field === field) ?? null;
  }

  /** The child with that role, which the grammar guarantees. */
  required(field: string): SyntaxNode {
    const child = this.child(field);
    if (child === null) throw new Error(`${this.type} without ${field}`);
    return child;
  }

  /** The named children with that role. */
  all(field: string): readonly SyntaxNode[] {
    return this.children.filter((child) => child.field === field && child.named);
  }

  /** The first named child of that type. */
  ofType(type: string): SyntaxNode | null {
    return this.children.find((child) => child.type === type) ?? null;
  }

  has(token: string): boolean {
    return this.children.some((child) => child.type === token && !child.named);
  }
}

export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A parsed file: its tree, its comments and its tokens, in source order. */
export interface SyntaxTree {
  readonly source: SourceText;
  readonly root: SyntaxNode;
  readonly comments: readonly Comment[];
  readonly tokens: readonly SyntaxNode[];
}

/** Deeper nesting than anybody writes, and shallow enough for recursive walks. */
const DEEPEST = 400;

let loading: Promise<Language> | null = null;

async function loadLanguage(): Promise<Language> {
  await Parser.init();
  return Language.load(createRequire(import.meta.url).resolve('tree-sitter-go/tree-sitter-go.wasm'));
}

/** Parses Go text with the grammar of tree-sitter. Several files may be parsed with the same parser. */
export class GoParser {
  private constructor(private readonly parser: Parser) {}

  /** Loads the grammar (once for the process). */
  static async create(): Promise<GoParser> {
    loading ??= loadLanguage();
    const language = await loading;
    return new GoParser(new Parser().setLanguage(language));
  }

  /** The tree, or the position of the first syntax error. The grammar repairs errors: any repair is an error here. */
  parse(source: SourceText): SyntaxTree | Diagnostic {
    // The grammar wants the last declaration to be ended; offsets stay the same.
    const tree = this.parser.parse(`${source.text}\n`);
    if (tree === null) throw new Error('the parser has no language');
    const cursor = tree.walk();
    try {
      const copy = new TreeCopy(source);
      copy.visit(cursor, null);
      if (copy.error !== null) return emptyStatement(source) ?? copy.error;
      const root = copy.root;
      if (root === null || tree.rootNode.hasError) {
        return syntaxError(source, 0, 0, 'the file does not parse as Go');
      }
      return { source, root, comments: copy.comments, tokens: copy.tokens };
    } finally {
      cursor.delete();
      tree.delete();
    }
  }

  dispose(): void {
    this.parser.delete();
  }
}

/** Strings and comments, which are passed over, or an empty statement, for which the grammar has no rule. */
const EMPTY_STATEMENT =
  /`[^`]*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'|\/\/[^\n]*|\/\*[^]*?\*\/|\bfor\b[^\n{]*|[;{\n][ \t]*(?<empty>;)/g;

/** The refusal of an empty statement, in text that does not parse: perhaps for that reason. */
function emptyStatement(source: SourceText): Diagnostic | null {
  for (const match of source.text.matchAll(EMPTY_STATEMENT)) {
    if (match.groups?.['empty'] === undefined) continue;
    const end = match.index + match[0].length;
    return refuse('emptyStatement', source.span(end - 1, end));
  }
  return null;
}

function syntaxError(source: SourceText, start: number, end: number, message: string): Diagnostic {
  return { code: 'syntax', message, span: source.span(start, end) };
}

/** Copies the parser's tree, so that nothing of it is left in its memory. */
class TreeCopy {
  readonly comments: Comment[] = [];
  readonly tokens: SyntaxNode[] = [];
  root: SyntaxNode | null = null;
  error: Diagnostic | null = null;

  constructor(private readonly source: SourceText) {}

  visit(cursor: TreeCursor, parent: SyntaxNode | null): void {
    if (this.error !== null) return;
    const { nodeType, startIndex, endIndex } = cursor;
    if (nodeType === 'comment') {
      this.comments.push({
        start: startIndex,
        end: endIndex,
        text: this.source.text.slice(startIndex, endIndex),
      });
      return;
    }
    if (nodeType === 'ERROR' || cursor.nodeIsMissing) {
      this.error = this.describe(startIndex, endIndex, cursor.nodeIsMissing ? nodeType : null);
      return;
    }
    if (!cursor.nodeIsNamed && /^\s*$/.test(this.source.text.slice(startIndex, endIndex))) return;
    const depth = parent === null ? 0 : parent.depth + 1;
    if (depth > DEEPEST) {
      this.error = syntaxError(this.source, startIndex, endIndex, 'the code is nested too deeply');
      return;
    }
    const node = new SyntaxNode(
      this.source,
      nodeType,
      cursor.nodeIsNamed,
      cursor.currentFieldName,
      startIndex,
      endIndex,
      parent,
      depth,
    );
    if (parent === null) this.root = node;
    else parent.children.push(node);
    const isString = nodeType.endsWith('_string_literal');
    if (isString && cursor.currentNode.hasError) {
      this.error = syntaxError(this.source, startIndex, endIndex, 'this string is not closed on its line');
      return;
    }
    if (!isString && cursor.gotoFirstChild()) {
      do this.visit(cursor, node);
      while (cursor.gotoNextSibling());
      cursor.gotoParent();
    } else if (nodeType !== 'source_file') {
      this.tokens.push(node);
    }
  }

  private describe(start: number, end: number, missing: string | null): Diagnostic {
    if (missing !== null) {
      const what = /^\w+$/.test(missing) ? 'something' : `\`${missing}\``;
      const message = missing.startsWith('source_file')
        ? 'syntax error: a line break or `;` is missing here'
        : `syntax error: ${what} is missing here`;
      return syntaxError(this.source, start, end, message);
    }
    const token = /^\s*(\w+|\S)/.exec(this.source.text.slice(start))?.[1];
    const place = token === undefined ? 'at the end of the file' : `near \`${token}\``;
    return syntaxError(
      this.source,
      start,
      Math.max(start, Math.min(end, start + 1)),
      `syntax error ${place}`,
    );
  }
}
