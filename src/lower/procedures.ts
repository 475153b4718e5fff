import type { Procedure, Type } from '../ir/index.js';
import type { FunctionDeclaration } from '../go/index.js';
import type { Directive } from '../layer/index.js';
import type { Scopes } from './annotation-scope.js';
import type { Directives } from './directives.js';
import type { Linked } from './linked.js';
import type { PackageContext } from './lowering.js';
import { passedRegions, tieRecursive } from './passed-memory.js';
import { lowerProcedure } from './procedure-code.js';
import type { Program } from './program.js';
import type { MemoryContext, PassedMemory } from './memory-context.js';
import type { RegionCode } from './region-code.js';
import type { Region } from './region.js';
import { regionOf } from './region.js';
import type { Reports } from './reports.js';

/** A function that is verified on its own, as its callers see it. */
export interface ProcedureCode {
  readonly name: string;
  readonly declaration: FunctionDeclaration;
  /** Of the receiver, if there is one, and the parameters. */
  readonly parameters: readonly Type[];
  readonly results: readonly Type[];
}

/** The same once it is lowered. */
export interface LoweredProcedure {
  readonly regions: RegionCode;
  /** Finishes the code, when all of the package is lowered and what flows into one another is unified. */
  readonly finish: (memory: PassedMemory, extended: ReadonlySet<Region>) => Procedure;
}

export type ContractDirective = Extract<Directive, { kind: 'requires' | 'ensures' | 'decreases' }>;

const CONTRACT: ReadonlySet<Directive['kind']> = new Set(['requires', 'ensures', 'decreases']);
const ROLES: ReadonlySet<Directive['kind']> = new Set(['op', 'recovery', 'initialisation', 'boot']);

/** Names that reports have for other code. */
const RESERVED = ['recovery', 'initialisation', 'boot', 'package'];

interface Inputs {
  readonly linked: Linked;
  readonly program: Program;
  readonly directives: Directives;
  readonly reports: Reports;
  /** What contracts may name beside parameters and results. */
  readonly scopes: Scopes;
  /** Names that operations have in reports. */
  readonly operations: readonly string[];
}

/** The functions that have a contract: they are verified once and called by it. */
export class Procedures implements Pick<MemoryContext, 'procedure' | 'passed'> {
  private readonly contracts = new Map<FunctionDeclaration, readonly ContractDirective[]>();
  /** What is called from outside, and may have no contract; those that have one have been reported. */
  private readonly entries = new Map<FunctionDeclaration, { readonly isReported: boolean }>();
  private readonly codes = new Map<FunctionDeclaration, ProcedureCode>();
  private readonly lowered = new Map<string, LoweredProcedure>();
  private memory: ReadonlyMap<string, PassedMemory> | null = null;
  private extended: ReadonlyMap<string, ReadonlySet<Region>> = new Map();

  constructor(private readonly inputs: Inputs) {
    const { linked, program, directives } = inputs;
    const initFunctions = new Set(linked.all.flatMap((each) => each.initFunctions));
    const generic = linked.all.flatMap(({ genericFunctions }) => genericFunctions);
    for (const declaration of [...program.functions, ...generic]) {
      const all = directives.all(declaration.annotations);
      const contract = all.filter((each) => isContract(each));
      const isEntry = all.some(({ kind }) => ROLES.has(kind)) || initFunctions.has(declaration);
      if (isEntry) this.entries.set(declaration, { isReported: contract.length > 0 });
      if (contract.length === 0) continue;
      for (const each of contract) directives.use(each);
      if (isEntry) this.refuseEntry(declaration, contract);
      else if (!generic.includes(declaration)) this.contracts.set(declaration, contract);
    }
  }

  private refuseEntry({ fullName }: FunctionDeclaration, contract: readonly ContractDirective[]): void {
    for (const { kind, span } of contract) {
      this.inputs.reports.add(
        'annotation',
        `\`${kind}\` is for helper functions: ${fullName} is called from outside`,
        span,
        "What an operation may count on is its specification's `require`, and what it has to do is what that says. Move what calls itself to a helper.",
      );
    }
  }

  get scopes(): Scopes {
    return this.inputs.scopes;
  }

  /** Those that have a contract. */
  get declarations(): readonly FunctionDeclaration[] {
    return [...this.contracts.keys()];
  }

  /** Whether the function is one with a place for a contract. */
  mayBe(declaration: FunctionDeclaration): boolean {
    return !this.entries.has(declaration) && this.isDeclared(declaration);
  }

  /** Whether the function has a contract that has been refused. */
  isRefused(declaration: FunctionDeclaration): boolean {
    return this.entries.get(declaration)?.isReported === true;
  }

  /** Whether it is a function with a name. */
  private isDeclared(declaration: FunctionDeclaration): boolean {
    return this.inputs.linked.all.some(({ functions }) => functions.includes(declaration));
  }

  has(declaration: FunctionDeclaration): boolean {
    return this.contracts.has(declaration);
  }

  /** A function that has a contract; it is lowered when it is first asked for. */
  of(context: PackageContext, declaration: FunctionDeclaration): ProcedureCode {
    const known = this.codes.get(declaration);
    if (known !== undefined) return known;
    const { receiver, parameters, resultTypes, nameSpan } = declaration;
    const given = [...(receiver === null ? [] : [receiver]), ...parameters];
    const code: ProcedureCode = {
      name: this.nameOf(declaration),
      declaration,
      parameters: given.map(({ type, span }) => context.types.lower(type, span)),
      results: resultTypes.map((type) => context.types.lower(type, nameSpan)),
    };
    for (const type of [...code.parameters, ...code.results]) tieRecursive(type);
    this.codes.set(declaration, code);
    this.lowered.set(code.name, lowerProcedure(context, code, this.contracts.get(declaration) ?? []));
    return code;
  }

  private nameOf(declaration: FunctionDeclaration): string {
    const fullName = this.inputs.linked.functionName(declaration);
    const taken = [
      ...RESERVED,
      ...this.inputs.operations,
      ...[...this.codes.values()].map(({ name }) => name),
    ];
    let name = fullName;
    for (let number = 1; taken.includes(name); number++) name = `${fullName} (function ${number})`;
    return name;
  }

  /** Lowers also those that nothing calls; of imported packages only those that the code calls. */
  lowerAll(context: PackageContext): void {
    const { linked } = this.inputs;
    for (const declaration of this.contracts.keys()) {
      if (linked.isOwn(declaration.nameSpan)) this.of(context, declaration);
    }
  }

  private codeOf(name: string): ProcedureCode {
    const found = [...this.codes.values()].find((each) => each.name === name);
    if (found === undefined) throw new Error(`no procedure ${name}`);
    return found;
  }

  private loweredOf(name: string): LoweredProcedure {
    const found = this.lowered.get(name);
    if (found === undefined) throw new Error(`the procedure ${name} is not lowered yet`);
    return found;
  }

  procedure(name: string): ProcedureCode {
    return this.codeOf(name);
  }

  passed(name: string): PassedMemory {
    this.memory ??= this.allMemory();
    const found = this.memory.get(name);
    if (found === undefined) throw new Error(`no procedure ${name}`);
    return found;
  }

  /** Computed for all at once, before the code of any is finished. */
  private allMemory(): ReadonlyMap<string, PassedMemory> {
    const changes = new Map([...this.lowered].map(([name, { regions }]) => [name, regions.changes()]));
    const changedBy = (
      name: string,
      kinds: readonly ('made' | 'assigned' | 'extended')[],
    ): ReadonlySet<Region> => {
      const { regions } = this.loweredOf(name);
      const all = [name, ...this.reachedFrom(regions)];
      return new Set(all.flatMap((each) => kinds.flatMap((kind) => [...(changes.get(each)?.[kind] ?? [])])));
    };
    this.extended = new Map([...this.lowered.keys()].map((name) => [name, changedBy(name, ['extended'])]));
    return new Map(
      [...this.codes.values()].map(({ name, parameters, results }) => {
        const given = passedRegions([...parameters, ...results]);
        const changed = changedBy(name, ['made', 'assigned']);
        return [name, { given, changed: given.filter((region) => changed.has(region)) }];
      }),
    );
  }

  /** The procedures that code may run, itself or through others. */
  private reachedFrom(code: RegionCode): ReadonlySet<string> {
    const found = new Set<string>();
    const open = [code];
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      for (const name of each.invoked()) {
        if (found.has(name)) continue;
        found.add(name);
        open.push(this.loweredOf(name).regions);
      }
    }
    return found;
  }

  /** The memory of the procedures that code may run. */
  regionsFrom(code: RegionCode): readonly RegionCode[] {
    return [...this.reachedFrom(code)].map((name) => this.loweredOf(name).regions);
  }

  /** Whether a procedure may change objects that references of a type refer to. */
  mayChange(name: string, reference: Type): boolean {
    return this.passed(name).changed.includes(regionOf(reference).representative);
  }

  /** All of them, when all code that calls them is finished. */
  finish(): readonly Procedure[] {
    const { reports } = this.inputs;
    for (const { name, declaration } of this.codes.values()) {
      if (!this.passed(name).given.some(({ shared }) => shared !== null)) continue;
      reports.unsupported(
        `memory that a package variable leads to, in a function with a contract (${name}),`,
        declaration.nameSpan,
        'Pass it a copy, or leave the contract out: a function without one is followed into each of its calls.',
      );
    }
    const recursive = new Set(
      [...this.lowered]
        .filter(([name, { regions }]) => this.reachedFrom(regions).has(name))
        .map(([name]) => name),
    );
    const groups = new Map(
      [...recursive].map((name) => [name, this.reachedFrom(this.loweredOf(name).regions)]),
    );
    if (reports.diagnostics.length > 0) return [];
    const procedures = [...this.codes.values()].map(({ name }) =>
      this.loweredOf(name).finish(this.passed(name), this.extended.get(name) ?? new Set()),
    );
    this.checkMeasures(procedures, groups);
    return procedures;
  }

  /** Functions that call themselves, or each other, have measures that can be compared. */
  private checkMeasures(
    procedures: readonly Procedure[],
    groups: ReadonlyMap<string, ReadonlySet<string>>,
  ): void {
    const { reports } = this.inputs;
    for (const procedure of procedures) {
      const { name, decreases } = procedure;
      const reached = groups.get(name);
      if (reached === undefined) continue;
      const { nameSpan } = this.codeOf(name).declaration;
      if (decreases === null) {
        reports.unsupported(
          `recursion (${name} calls itself, or is called by what it calls) without a measure`,
          nameSpan,
          'Write `//@ decreases e` above the function, with something that gets smaller with each call.',
        );
        continue;
      }
      const other = procedures.find(
        (each) =>
          reached.has(each.name) &&
          groups.get(each.name)?.has(name) === true &&
          each.decreases !== null &&
          each.decreases.length !== decreases.length,
      );
      if (other === undefined) continue;
      reports.add(
        'annotation',
        `the measures of ${name} and ${other.name}, which call each other, have different numbers of parts`,
        nameSpan,
        'Give both the same number of expressions behind `decreases`.',
      );
    }
  }
}

function isContract(directive: Directive): directive is ContractDirective {
  return CONTRACT.has(directive.kind);
}
