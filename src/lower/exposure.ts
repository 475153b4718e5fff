import type { Span } from '../base/source.js';
import type {
  Expression,
  Field,
  FunctionDeclaration,
  GoPackage,
  GoType,
  ModuleUse,
  TypeDeclaration,
  Variable,
} from '../go/index.js';
import { allStatements, isExported, showGoType } from '../go/index.js';
import { leadsTo } from './contained.js';
import type { DynamicTypes } from './dynamic-types.js';
import type { Linked } from './linked.js';
import { mentionedBy } from './mentions.js';
import type { Program } from './program.js';
import type { Reports } from './reports.js';

interface Inputs {
  readonly linked: Linked;
  readonly program: Program;
  /** What interfaces may hold. */
  readonly dynamicTypes: DynamicTypes;
  /** Whether a package variable is state. */
  readonly isState: (variable: Variable) => boolean;
  readonly reports: Reports;
}

/**
 * Refuses what gives code that is not verified a way to the variables of imported packages: other packages of the module that use what reaches them, and
 * declarations of the verified package through which callers get at methods that do. Nobody imports a program.
 */
export function checkExposure(inputs: Inputs): void {
  const { main, ownFunctions, isClosed } = inputs.linked;
  if (isClosed) return;
  const exposure = new Exposure(inputs);
  for (const use of main.uses) exposure.checkUse(use);
  const declared = [...main.types, ...main.genericTypes, ...main.constants].filter(({ local }) => !local);
  for (const { name, type, span } of [...declared, ...main.aliases]) {
    if (isExported(name) && inputs.linked.isOwn(span)) exposure.checkType(type, name, span);
  }
  for (const each of [...ownFunctions, ...main.genericFunctions]) {
    if (!each.exported) continue;
    const types = [...each.parameters.map(({ type }) => type), ...each.resultTypes];
    for (const type of types) exposure.checkType(type, each.fullName, each.nameSpan);
  }
  for (const each of inputs.program.functions)
    for (const { type, span } of panicsOf(each))
      exposure.checkType(type, `a panic in ${each.fullName}`, span);
}

/** What a function panics with may reach callers, too. */
function panicsOf({ body }: FunctionDeclaration): readonly Expression[] {
  return body.statements
    .flatMap(allStatements)
    .flatMap((statement) => (statement.kind === 'panic' ? converted(statement.argument) : []));
}

/** An expression and what it is converted from. */
function converted(expression: Expression): readonly Expression[] {
  return expression.kind === 'convert' ? [expression, ...converted(expression.operand)] : [expression];
}

class Exposure {
  /** Types with exported methods that reach variables of imported packages, with the name of one such method. */
  private readonly owners = new Map<TypeDeclaration, string>();

  constructor(private readonly inputs: Inputs) {
    for (const each of inputs.linked.importedFunctions) if (each.exported) this.addMethod(each);
  }

  private addMethod(method: FunctionDeclaration): void {
    if (method.receiver === null || !this.reachesState(method)) return;
    const { type } = method.receiver;
    const base = type.kind === 'pointer' ? type.element : type;
    if (base.kind === 'named') {
      this.owners.set(originOf(base.declaration), this.inputs.linked.functionName(method));
    }
  }

  private reachesState(declaration: FunctionDeclaration): boolean {
    const { program, isState } = this.inputs;
    const { variables } = mentionedBy(program, { values: [], functions: [declaration] });
    return [...variables].some(isState);
  }

  checkUse({ importer, imported, name, span }: ModuleUse): void {
    const { linked, reports } = this.inputs;
    if (!linked.packages.includes(imported) || linked.packages.some((each) => each.importPath === importer))
      return;
    if (name !== null && this.isHarmless(imported, name)) return;
    reports.add(
      'implementation',
      `the package ${importer}, which is not verified here, may change variables of ${imported.importPath}: it uses ${name ?? 'the package'}`,
      span,
      'Let it call operations of the verified package, or move what it needs to a package without variables.',
    );
  }

  /** Whether what a package declares under a name leads to no state. */
  private isHarmless(imported: GoPackage, name: string): boolean {
    if (imported.constants.some((each) => each.name === name && !each.local)) return true;
    if (this.owners.size > 0) return false;
    if ([...imported.types, ...imported.genericTypes].some((each) => each.name === name)) return true;
    const functions = [...imported.functions, ...imported.genericFunctions].filter(
      (each) => each.receiver === null && each.name === name,
    );
    return functions.length > 0 && !functions.some((each) => this.reachesState(each));
  }

  /** A type that callers of the verified package get values of. */
  checkType(type: GoType, name: string, span: Span): void {
    const [any] = this.owners.values();
    let found: string | undefined;
    const held = new Set<GoType>();
    const reaches = (part: GoType): boolean => {
      // What a function is given may be of any type.
      if (part.kind === 'function') found = any;
      if (part.kind === 'interface' && !held.has(part)) {
        held.add(part);
        for (const each of this.inputs.dynamicTypes.of(part)) leadsTo(each.type, reaches, isVisible);
      }
      if (part.kind === 'named') found ??= this.owners.get(originOf(part.declaration));
      return found !== undefined;
    };
    if (!leadsTo(type, reaches, isVisible) || found === undefined) return;
    this.inputs.reports.add(
      'implementation',
      `${name} gives callers values of type ${showGoType(type)}, and so perhaps the method ${found}, which uses variables of an imported package`,
      span,
      'Give it a name that begins with a small letter, or use a function in place of the method.',
    );
  }
}

function originOf(declaration: TypeDeclaration): TypeDeclaration {
  return declaration.origin ?? declaration;
}

/** Other packages get at the field, or at what it promotes. */
function isVisible({ name, embedded }: Field): boolean {
  return embedded || isExported(name);
}
