import type { Diagnostic } from '../base/diagnostic.js';
import type { Annotation } from './ast.js';
import type { Comment, SyntaxNode, SyntaxTree } from './syntax.js';

/** The annotations of a file by what they are attached to. */
export interface AttachedAnnotations {
  /** By statement, declaration (the `..._spec` of constants, variables and types) or field. */
  readonly attached: ReadonlyMap<SyntaxNode, readonly Annotation[]>;
  /** Of the package: above the package clause or free-standing. */
  readonly free: readonly Annotation[];
  /** Lines that hold annotations. */
  readonly lines: number;
}

const ANNOTATION = /^\/\/ ?@/;
/** `//  @`, `///@`, `//-@`, `// //@`: close enough to an annotation that it is not taken for a comment. So are characters that nobody sees. */
const NEAR_MISS =
  /^\/\/[\s\p{Default_Ignorable_Code_Point}\p{M}\p{Cf}\p{Cc}\-#!*/+;:.,>|~=&%$^]*[@\uFF20\uFE6B]/u;
const INNER = /.\/\/[\s\p{Default_Ignorable_Code_Point}\p{Cf}]?@/u;
const BLOCK_MISS = /^(?:[^\S\n]|[\p{Default_Ignorable_Code_Point}\p{M}\p{Cf}/*\-#!])*[@\uFF20\uFE6B]/mu;

interface Line {
  readonly comment: Comment;
  readonly line: number;
  /** Nothing but the comment is on the line. */
  readonly alone: boolean;
}

/**
 * Collects the annotations of a file and attaches each group to what it annotates. A comment that only looks like an
 * annotation, and an annotation that attaches to nothing, are errors: neither may be skipped in silence.
 */
export function attachAnnotations(tree: SyntaxTree, diagnostics: Diagnostic[]): AttachedAnnotations {
  const lines = annotationLines(tree, diagnostics);
  const collector = new Attacher(tree, diagnostics);
  for (const group of groups(lines)) collector.attach(group);
  return { attached: collector.attached, free: collector.free, lines: lines.length };
}

function annotationLines(tree: SyntaxTree, diagnostics: Diagnostic[]): readonly Line[] {
  const { source, comments } = tree;
  const lines: Line[] = [];
  for (const comment of comments) {
    const isAnnotation = ANNOTATION.test(comment.text);
    const isBlock = comment.text.startsWith('/*');
    const missed = isBlock
      ? BLOCK_MISS.test(comment.text) || /\/\/ ?@/.test(comment.text)
      : INNER.test(comment.text) || (!isAnnotation && NEAR_MISS.test(comment.text));
    if (missed) {
      diagnostics.push({
        code: 'annotation',
        message: 'this comment looks like an annotation but is not one',
        span: source.span(comment.start, comment.end),
        hint: 'Begin an annotation with `//@` or `// @`, or remove the `@` from the comment.',
      });
    } else if (isAnnotation) {
      const line = source.lineAt(comment.start);
      const before = source.text.slice(source.lineStart(line), comment.start);
      lines.push({ comment, line, alone: before.trim() === '' });
    }
  }
  return lines;
}

/** Runs of lines; an annotation behind code is a run by itself. */
function groups(lines: readonly Line[]): readonly (readonly Line[])[] {
  const result: Line[][] = [];
  for (const line of lines) {
    const current = result.at(-1);
    const last = current?.at(-1);
    if (last !== undefined && last.alone && line.alone && line.line === last.line + 1) current?.push(line);
    else result.push([line]);
  }
  return result;
}

const STATEMENT_LISTS = new Set(['statement_list', 'block']);
const LOOPS = new Set(['for_statement']);
const FUNCTIONS = new Set(['function_declaration', 'method_declaration']);
const SPECS = new Set(['const_spec', 'var_spec', 'type_spec', 'field_declaration']);
const DECLARATION_GROUPS = new Set(['const_declaration', 'var_declaration', 'type_declaration']);

class Attacher {
  readonly attached = new Map<SyntaxNode, Annotation[]>();
  readonly free: Annotation[] = [];
  private readonly firstTokens = new Map<number, SyntaxNode>();
  private readonly commentLines = new Map<number, Comment>();

  constructor(
    private readonly tree: SyntaxTree,
    private readonly diagnostics: Diagnostic[],
  ) {
    for (const token of tree.tokens) {
      const line = tree.source.lineAt(token.start);
      if (!this.firstTokens.has(line)) this.firstTokens.set(line, token);
    }
    for (const comment of tree.comments) {
      this.commentLines.set(tree.source.lineAt(comment.start), comment);
    }
  }

  attach(group: readonly Line[]): void {
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) return;
    const before = this.tokenBefore(first.comment.start);
    const opened = before === null ? null : openedBody(before);
    const annotation = this.makeAnnotation(group, opened !== null);
    if (annotation.text.trim() === '') {
      this.report(annotation, 'this annotation is empty', 'Write the annotation, or remove it.');
    } else if (!first.alone) {
      this.attachTrailing(annotation, before, opened);
    } else {
      this.attachLeading(annotation, last.line, before, opened);
    }
  }

  private attachTrailing(annotation: Annotation, before: SyntaxNode | null, opened: SyntaxNode | null): void {
    const node = opened ?? (before === null ? null : endedBy(before));
    if (node === null) {
      this.reportUnattached(annotation);
    } else {
      this.add(node, annotation);
    }
  }

  private attachLeading(
    annotation: Annotation,
    lastLine: number,
    before: SyntaxNode | null,
    opened: SyntaxNode | null,
  ): void {
    const token = this.tokenBelow(lastLine);
    const top = token === null ? null : startedBy(token);
    if (top?.type === 'package_clause' || top?.type === 'import_declaration') {
      this.free.push(annotation);
    } else if (top !== null) {
      this.add(top, annotation);
    } else if (opened !== null) {
      this.add(opened, annotation);
    } else if (before === null || isTopLevelEnd(before)) {
      this.free.push(annotation);
    } else {
      this.reportUnattached(annotation);
    }
  }

  private add(node: SyntaxNode, annotation: Annotation): void {
    const target = DECLARATION_GROUPS.has(node.type) ? soleSpec(node) : labelled(node);
    if (target === null) {
      this.report(
        annotation,
        'this annotation stands above a group of declarations',
        'Write it inside the parentheses, directly above the declaration that it belongs to.',
      );
      return;
    }
    const list = this.attached.get(target);
    if (list === undefined) this.attached.set(target, [annotation]);
    else list.push(annotation);
  }

  private tokenBefore(offset: number): SyntaxNode | null {
    const { tokens } = this.tree;
    let low = 0;
    let high = tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return tokens[low - 1] ?? null;
  }

  /** The first token directly below a line; other comments may stand between. */
  private tokenBelow(line: number): SyntaxNode | null {
    const { source } = this.tree;
    let next = line + 1;
    for (;;) {
      const token = this.firstTokens.get(next);
      if (token !== undefined) return token;
      const comment = this.commentLines.get(next);
      if (comment === undefined) return null;
      next = source.lineAt(comment.end) + 1;
    }
  }

  private makeAnnotation(group: readonly Line[], opensBody: boolean): Annotation {
    const { source } = this.tree;
    const start = group[0]?.comment.start ?? 0;
    const end = start + source.text.slice(start, group.at(-1)?.comment.end ?? start).trimEnd().length;
    let text = '';
    for (const { comment } of group) {
      text += source.text.slice(start + text.length, comment.start);
      const marker = ANNOTATION.exec(comment.text)?.[0].length ?? 0;
      text += ' '.repeat(marker) + comment.text.slice(marker);
    }
    return {
      text: text.slice(0, end - start).replace(/\r/g, ' '),
      start: source.position(start),
      span: source.span(start, end),
      opensBody,
    };
  }

  private reportUnattached(annotation: Annotation): void {
    this.report(
      annotation,
      'this annotation belongs to nothing',
      'Write it directly above a declaration or a statement, or as the first thing in a function or loop.',
    );
  }

  private report(annotation: Annotation, message: string, hint: string): void {
    this.diagnostics.push({ code: 'annotation', message, span: annotation.span, hint });
  }
}

/** The function or loop whose body the token opens. */
function openedBody(token: SyntaxNode): SyntaxNode | null {
  const block = token.parent;
  const owner = block?.parent;
  if (token.type !== '{' || block?.type !== 'block' || owner == null) return null;
  return FUNCTIONS.has(owner.type) || LOOPS.has(owner.type) ? owner : null;
}

function isAttachable(node: SyntaxNode): boolean {
  const { parent } = node;
  if (SPECS.has(node.type)) return true;
  if (parent === null || !node.named || node.type === 'label_name') return false;
  return (
    parent.type === 'source_file' || STATEMENT_LISTS.has(parent.type) || parent.type === 'labeled_statement'
  );
}

/** The outermost declaration, statement or field that the token begins. */
function startedBy(token: SyntaxNode): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  for (let node: SyntaxNode | null = token; node?.start === token.start; node = node.parent) {
    if (isAttachable(node) && node.type !== 'statement_list') found = node;
  }
  return found;
}

/** The outermost declaration, statement or field that the token ends, unless it is the end of a body of several lines. */
function endedBy(token: SyntaxNode): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  const last = token.type === ';' ? null : token;
  for (let node = last; node?.end === token.end; node = node.parent) {
    if (isAttachable(node) && node.type !== 'statement_list') found = node;
  }
  if (found === null || token.type !== '}' || token.parent?.type !== 'block') return found;
  return found.text.includes('\n') ? null : found;
}

function isTopLevelEnd(token: SyntaxNode): boolean {
  for (let node: SyntaxNode | null = token; node !== null; node = node.parent) {
    if (node.parent?.type === 'source_file') return node.end === token.end;
  }
  return true;
}

function soleSpec(group: SyntaxNode): SyntaxNode | null {
  if (group.has('(') || group.ofType('var_spec_list') !== null) return null;
  return group.namedChildren[0] ?? null;
}

function labelled(node: SyntaxNode): SyntaxNode | null {
  if (node.type !== 'labeled_statement') return node;
  const inner = node.namedChildren.find((child) => child.type !== 'label_name');
  return inner === undefined ? node : labelled(inner);
}
