import { SourceText } from '../../src/go/source-text.js';
import { GoParser } from '../../src/go/syntax.js';
import type { SyntaxNode } from '../../src/go/syntax.js';
import type { SourceFile } from './toolchain.js';

/** A top-level declaration. */
interface Unit {
  readonly text: string;
  readonly declares: readonly string[];
  /** The type that a method belongs to. */
  readonly receiver: string | null;
  readonly isVariable: boolean;
  /** A function that runs before all others: whoever uses a variable that it mentions needs it. */
  readonly isInit: boolean;
  /** Every name that occurs in it, wherever it may come from. */
  readonly mentions: ReadonlySet<string>;
}

interface Import {
  readonly text: string;
  /** The name in the file; null: it is needed whatever the code mentions. */
  readonly name: string | null;
}

/** A package cut into its top-level declarations. */
export class Declarations {
  private constructor(
    private readonly packageClause: string,
    private readonly imports: readonly Import[],
    private readonly units: readonly Unit[],
  ) {}

  /** Null: the text does not parse. */
  static async read(files: readonly SourceFile[]): Promise<Declarations | null> {
    const parser = await GoParser.create();
    try {
      const roots: SyntaxNode[] = [];
      for (const { name, text } of files) {
        const tree = parser.parse(new SourceText(name, text));
        if ('code' in tree) return null;
        roots.push(tree.root);
      }
      const nodes = roots.flatMap((root) => root.namedChildren);
      const clause = nodes.find(({ type }) => type === 'package_clause');
      if (clause === undefined) return null;
      const specs = nodes.filter(({ type }) => type === 'import_declaration').flatMap(importSpecs);
      const imports = new Map(specs.map((each) => [each.text, each]));
      return new Declarations(clause.text, [...imports.values()], nodes.filter(isDeclaration).map(unit));
    } finally {
      parser.dispose();
    }
  }

  /** Names that top-level functions have. */
  functionNames(): readonly string[] {
    return this.units.flatMap(({ text, declares, receiver }) =>
      /^func/m.test(text) && receiver === null ? declares : [],
    );
  }

  /** For each declaration a program that consists of it and of all that it needs. */
  slices(): readonly string[] {
    return [...new Set(this.units.map((root) => this.program([root])))];
  }

  /** The program that consists of the function and of all that it needs. */
  sliceOf(functionName: string): string {
    return this.program(
      this.units.filter(({ declares, receiver }) => receiver === null && declares.includes(functionName)),
    );
  }

  private program(roots: readonly Unit[]): string {
    const chosen = new Set<Unit>();
    const pending = [...roots];
    for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
      if (chosen.has(each)) continue;
      chosen.add(each);
      pending.push(...this.neededBy(each));
    }
    const units = this.units.filter((each) => chosen.has(each));
    const mentioned = new Set(units.flatMap(({ mentions }) => [...mentions]));
    const imports = this.imports.filter(({ name }) => name === null || mentioned.has(name));
    const lines = imports.map(({ text }) => `import ${text}`);
    return `${[this.packageClause, lines.join('\n'), ...units.map(({ text }) => text)].join('\n\n')}\n`;
  }

  private neededBy({ declares, mentions, receiver, isVariable }: Unit): readonly Unit[] {
    return this.units.filter((other) =>
      other.isInit
        ? isVariable && declares.some((name) => other.mentions.has(name))
        : other.receiver === null
          ? other.declares.some((name) => mentions.has(name))
          : mentions.has(other.receiver) || declares.includes(other.receiver) || other.receiver === receiver,
    );
  }
}

const DECLARATION = /^(function|method|const|type|var)_declaration$/;

function isDeclaration({ type }: SyntaxNode): boolean {
  return DECLARATION.test(type);
}

/** The annotations right above a declaration, one a line. */
function contractOf({ source, start }: SyntaxNode): string {
  const lines = source.text.slice(0, start).split(/(?<=\n)/);
  return lines.slice(lines.findLastIndex((line) => !/^\/\/ ?@/.test(line)) + 1).join('');
}

function unit(node: SyntaxNode): Unit {
  const contract = contractOf(node);
  const mentions = new Set<string>(contract.match(/\w+/g));
  collectNames(node, mentions);
  const receiver = node.type === 'method_declaration' ? receiverType(node) : null;
  const declares = declaredNames(node);
  const isInit = node.type === 'function_declaration' && declares.includes('init');
  const isVariable = node.type === 'var_declaration';
  return { text: contract + node.text, declares, receiver, isVariable, isInit, mentions };
}

function collectNames(node: SyntaxNode, names: Set<string>): void {
  if (node.type.endsWith('identifier')) names.add(node.text);
  for (const child of node.children) collectNames(child, names);
}

function declaredNames(node: SyntaxNode): readonly string[] {
  if (/^(function|method)_declaration$/.test(node.type)) return [node.required('name').text];
  return node.namedChildren.flatMap((child) =>
    child.type.endsWith('_list') ? declaredNames(child) : child.all('name').map(({ text }) => text),
  );
}

function receiverType(node: SyntaxNode): string {
  const names: string[] = [];
  const visit = (each: SyntaxNode): void => {
    if (each.type === 'type_identifier') names.push(each.text);
    for (const child of each.children) visit(child);
  };
  visit(node.required('receiver'));
  return names[0] ?? '';
}

function importSpecs(node: SyntaxNode): readonly Import[] {
  if (node.type !== 'import_spec') return node.namedChildren.flatMap(importSpecs);
  const alias = node.child('name')?.text;
  const path = node.required('path').text.slice(1, -1);
  const name = alias ?? path.split('/').at(-1) ?? path;
  return [{ text: node.text, name: name === '.' || name === '_' ? null : name }];
}
