import type { Diagnostic, Result } from '../base/diagnostic.js';
import { failure, success } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';
import type { Lock, MachineOperation, Parameter, StateVariable, System } from '../ir/index.js';
import type { FunctionDeclaration, GoPackage, MachineType } from '../go/index.js';
import type { LayerLibrary } from '../layer/index.js';
import { FreshNames } from '../layer/index.js';
import type { Scopes } from './annotation-scope.js';
import { constantScopes, packageScopes, withLockInvariants } from './annotation-scope.js';
import { Constants } from './constant.js';
import { Directives } from './directives.js';
import type { DynamicTypes } from './dynamic-types.js';
import { findDynamicTypes } from './dynamic-types.js';
import { findEntries } from './entries.js';
import { findEscapes } from './escape.js';
import { EvaluationOrder } from './order.js';
import { TypeTable } from './go-type.js';
import { findFormulas } from './invariants.js';
import { Linked } from './linked.js';
import { findLocks } from './locks.js';
import type { PackageContext } from './lowering.js';
import { Makings } from './making.js';
import { memoryContext } from './memory-context.js';
import { layerTypes, machineCallees, machineValueType, packageName } from './machine.js';
import { findNeeded } from './mentions.js';
import { findOwnMaps } from './own-maps.js';
import { findOverflowRules } from './overflow-rules.js';
import { findParameters } from './parameters.js';
import { Procedures } from './procedures.js';
import { withConstructed } from './constructor.js';
import { primitiveLayers } from './primitives.js';
import type { Program } from './program.js';
import { programOf } from './program.js';
import type { Refinement, RefinesDirective } from './refines.js';
import { findRefines, memoryTransitions, refinementOf } from './refines.js';
import type { Region } from './region.js';
import { Reports } from './reports.js';
import { RunFunctions } from './run-functions.js';
import { FixedVariables, Start, isPure } from './start.js';
import { argumentsOf } from './start-arguments.js';
import { checkStartOrder } from './start-order.js';
import { Selections } from './selection.js';
import { StatementReader } from './statement-annotations.js';
import type { LockSite, SharedRegion, Storage } from './storage.js';
import { allocateStorage } from './storage.js';
import { findTokens } from './tokens.js';
import { StatelessLayers } from './stateless.js';
import { unorderedChannels } from './unordered-channels.js';

/**
 * Turns a checked Go package with its annotations, and the layers that they name, into a system. All that is wrong
 * with the package is reported at once.
 */
export function lowerPackage(written: GoPackage, library: LayerLibrary): Result<System> {
  const reports = new Reports();
  const goPackage = withConstructed(written, reports);
  if (reports.diagnostics.length > 0) return failure(...reports.diagnostics);
  const found = findDynamicTypes(programOf(goPackage), goPackage.methodSets);
  if (found === null) {
    const message = 'the methods of generic types in interfaces have instances without end';
    return failure({ code: 'type', message, span: packageSpan(goPackage) });
  }
  const lowering = new PackageLowering(goPackage, library, found.program, found.types);
  const { diagnostics } = lowering.reports;
  let system: System | null = null;
  try {
    system = lowering.run();
  } catch (error) {
    // After a report lowering goes on with placeholders, which may not fit what follows; without one this is a bug.
    if (diagnostics.length === 0) throw error;
  }
  if (system !== null && diagnostics.length === 0) return success(system);
  return failure(...inSourceOrder(diagnostics));
}

/** The variables of a package that refines a specification of its own are no state of this system: code that runs before it starts would change what it starts from. */
function checkSeparate(separate: GoPackage, reports: Reports): void {
  for (const { nameSpan } of separate.initFunctions) reports.unverified('separateStart', nameSpan);
  for (const { value } of separate.initialisers) {
    if (!isPure(value)) reports.unverified('separateStart', value.span);
  }
}

function inSourceOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = (each: Diagnostic): string => each.span?.file ?? '';
  const offset = (each: Diagnostic): number => each.span?.start.offset ?? 0;
  return [...diagnostics].sort(
    (left, right) => key(left).localeCompare(key(right), 'en') || offset(left) - offset(right),
  );
}

class PackageLowering {
  readonly reports = new Reports();
  private readonly names = new FreshNames();
  private readonly directives = new Directives(this.reports);
  private readonly types: TypeTable;
  private readonly constants: Constants;
  private readonly fixed: FixedVariables;
  private readonly linked: Linked;

  constructor(
    private readonly goPackage: GoPackage,
    private readonly library: LayerLibrary,
    private readonly program: Program,
    dynamicTypes: DynamicTypes,
  ) {
    const { reports } = this;
    const machineType = (type: MachineType) => machineValueType(library, type);
    this.types = new TypeTable(reports, dynamicTypes, machineType, layerTypes(library));
    const refines = (each: GoPackage): boolean =>
      this.directives.everywhere(each).some(({ kind }) => kind === 'refines');
    this.linked = new Linked(goPackage, refines);
    this.fixed = new FixedVariables(this.linked, program);
    this.constants = new Constants(this.linked, this.reports, this.types);
  }

  run(): System | null {
    for (const each of this.linked.separate) checkSeparate(each, this.reports);
    const refines = findRefines(this.goPackage, this.directives, this.reports);
    if (refines === null) {
      const misplaced = this.directives
        .all(
          [...this.goPackage.functions, ...this.goPackage.genericFunctions].flatMap(
            (each) => each.annotations,
          ),
        )
        .find((directive) => directive.kind === 'refines');
      if (misplaced !== undefined) {
        this.directives.reportUnused(this.goPackage, () => true);
        return null;
      }
      // One that cannot be read has been reported.
      if (this.goPackage.annotations.some(({ text }) => /^\s*refines\b/.test(text))) return null;
      this.reports.add(
        'annotation',
        `the package ${this.goPackage.name} refines nothing`,
        packageSpan(this.goPackage),
        'Write `//@ refines Specification over Machine` below the imports.',
      );
      return null;
    }
    checkStartOrder(this.linked, this.program, this.fixed, this.reports);
    const parameters = findParameters(this.linked, this.directives, this.constants, this.reports, this.names);
    const constantNames = constantScopes(this.linked, this.constants, this.names)(refines.span.file);
    const refinement = refinementOf(refines, this.library, constantNames, this.names, this.reports);
    const storage = this.storage(refines);
    if (refinement === null || storage === null) return null;
    return this.assemble(refines, refinement, storage, parameters);
  }

  private storage(refines: RefinesDirective): Storage | null {
    const primitives = primitiveLayers(this.library);
    if ('missing' in primitives) {
      this.reports.add(
        'layer',
        `these layers were not found: ${primitives.missing.join(', ')}`,
        refines.span,
        'They come with the tool: give the folder of its layer files.',
      );
      return null;
    }
    const { reports, types, constants, names } = this;
    const { linked, program } = this;
    const makings = new Makings(linked, this.bootFunction(), reports);
    const { fixed } = this;
    const variables = linked.all.flatMap((each) => each.variables);
    const ownMaps = findOwnMaps(variables, programOf(this.goPackage));
    const layers = primitives.layers;
    const isNeeded = findNeeded(linked, program);
    const found = { makings, fixed, ownMaps, linked, program, isNeeded };
    return allocateStorage({ reports, types, constants, names, layers, ...found });
  }

  private bootFunction(): FunctionDeclaration | null {
    const isBoot = (each: FunctionDeclaration): boolean =>
      this.directives.all(each.annotations).some((directive) => directive.kind === 'boot');
    return this.linked.ownFunctions.find(isBoot) ?? null;
  }

  private assemble(
    refines: RefinesDirective,
    refinement: Refinement,
    storage: Storage,
    parameters: readonly Parameter[],
  ): System {
    const machine = refinement.machine?.instance ?? null;
    const specification = refinement.specification.instance;
    const tokens = findTokens(this.linked, this.directives, this.reports, storage.locks);
    const state = [...(machine?.state ?? []), ...storage.state, ...tokens.state, ...specification.state];
    this.checkNames(state);
    const names = {
      linked: this.linked,
      constants: this.constants,
      types: this.types,
      names: this.names,
      machine,
      specification,
      memory: [...storage.state, ...tokens.state],
    };
    const bare = packageScopes({ ...names, rawMemory: false });
    const locations = packageScopes({ ...names, rawMemory: true });
    const sites = [...storage.locks, ...tokens.sites];
    const locks = this.locks(sites, storage, state, bare, locations);
    const lockMap = new Map(locks.map((lock) => [lock.name, lock]));
    const { goPackage, linked, directives, reports } = this;
    const scopes: Scopes = (file) =>
      withLockInvariants(bare(file), lockMap, (name) => linked.resolve(name, file));
    const formulas = findFormulas({ linked, directives, reports, scopes, state, locks });
    const layerOperations = machineOperations(refinement);
    const { operations } = specification;
    const { program } = this;
    const procedures = new Procedures({
      ...{ linked, program, directives, reports, scopes },
      operations: operations.map(({ name }) => name),
    });
    const { channels } = storage;
    const selections = new Selections((operation) => operationNamed(operation, storage));
    const others = [...layerOperations.values(), ...storage.operations, ...storage.channels.operations];
    const stateless = new StatelessLayers(this.names, new Set(others.map(({ name }) => name)));
    const boot = this.bootFunction();
    const startArguments = boot === null ? null : argumentsOf(boot, this.types, reports);
    const shared = { procedures, channels, selections, stateless, startArguments };
    const context = this.context(refinement, layerOperations, storage, state, scopes, lockMap, shared);
    const { text } = refinement.specification;
    const { span: refinesSpan } = refines;
    const isVolatile = refinement.machine === null;
    const specified = { operations, specification: text, refinesSpan, isVolatile };
    const start = new Start(linked, this.fixed);
    const entries = findEntries({
      linked,
      program,
      directives,
      context,
      start,
      ...specified,
    });
    this.checkRegions(storage.regions);
    const files = linked.packages.flatMap((each) => each.files);
    for (const each of linked.packages) {
      directives.reportUnused(each, (span) => linked.isOwn(span) || context.run.has(span));
    }
    return {
      path: goPackage.path,
      name: goPackage.name,
      folders: linked.packages.map(({ path }) => path),
      span: refinesSpan,
      refines: text,
      over: refinement.over,
      parameters,
      state: [...state, ...channels.state],
      machine: machine?.transitions ?? memoryTransitions(),
      specification: specification.transitions,
      machineOperations: [
        ...layerOperations.values(),
        ...stateless.operations,
        ...storage.operations,
        ...channels.operations,
        ...selections.all.map(({ operation }) => operation),
        ...(startArguments === null ? [] : [startArguments]),
      ].map((each) => channels.settled(each)),
      specificationOperations: specification.operations,
      ...entries,
      ...formulas,
      locks,
      unorderedChannels: unorderedChannels(storage.nodes.values(), selections, entries),
      annotationLines: sum(files.map((file) => file.annotationLines)),
      goLines: sum(files.map((file) => file.goLines)),
    };
  }

  private locks(
    sites: readonly LockSite[],
    storage: Storage,
    state: readonly StateVariable[],
    scopes: Scopes,
    locations: Scopes,
  ): readonly Lock[] {
    const { linked, directives, reports, names } = this;
    const { regions, companions } = storage;
    const site = { linked, directives, reports, names, scopes, locations, state, sites };
    return findLocks({ ...site, regions, companions });
  }

  /** Two variables that refer to the same memory cannot be told apart by what guards them. */
  private checkRegions(regions: readonly SharedRegion[]): void {
    const seen = new Map<Region, SharedRegion>();
    for (const shared of regions) {
      const { representative } = shared.region;
      const earlier = seen.get(representative);
      seen.set(representative, shared);
      if (earlier === undefined || earlier.name === shared.name) continue;
      this.reports.unsupported(
        `memory that both ${earlier.name} and ${shared.name} may refer to`,
        shared.span,
        'Copy what is assigned from one to the other.',
      );
    }
  }

  private context(
    refinement: Refinement,
    operations: ReadonlyMap<string, MachineOperation>,
    storage: Storage,
    state: readonly StateVariable[],
    scopes: Scopes,
    locks: ReadonlyMap<string, Lock>,
    shared: Pick<PackageContext, 'procedures' | 'selections' | 'channels' | 'startArguments'> & {
      readonly stateless: StatelessLayers;
    },
  ): PackageContext {
    const { reports, types, constants, directives, names, linked } = this;
    const { stateless, ...rest } = shared;
    const escapes = findEscapes(this.program, shared.procedures.declarations);
    const { startArguments } = rest;
    const known = [
      ...operations.values(),
      ...storage.operations,
      ...(startArguments === null ? [] : [startArguments]),
    ];
    return {
      reports,
      types,
      constants,
      memory: storage.nodes,
      machineFunction: machineCallees(this.library, refinement.machine, operations, stateless),
      annotations: new StatementReader(reports, directives, linked, scopes, locks, names),
      escapes,
      order: new EvaluationOrder(linked, this.program, types.dynamicTypes, escapes.boxed, reports),
      regions: memoryContext(state, known, shared),
      ...rest,
      fixed: this.fixed,
      makings: storage.makings,
      overflow: findOverflowRules(linked, directives, reports),
      linked,
      run: new RunFunctions(),
    };
  }

  /** State is known by name, so the names of layers and of the package must not clash. */
  private checkNames(state: readonly StateVariable[]): void {
    const seen = new Map<string, StateVariable>();
    for (const variable of state) {
      const earlier = seen.get(variable.name);
      seen.set(variable.name, variable);
      if (earlier !== undefined) this.reportClash(variable.name, (own(earlier) ? earlier : variable).span);
    }
    const layerNames = new Set(state.filter((each) => !own(each)).map(({ name }) => name));
    for (const each of state) {
      const name = this.linked.ownName(each);
      if (own(each) && name !== each.name && layerNames.has(name)) this.reportClash(name, each.span);
    }
    for (const each of this.linked.packages) this.checkDeclared(each, seen, layerNames);
  }

  /** Constants, and the names of imports, in one package. */
  private checkDeclared(
    goPackage: GoPackage,
    state: ReadonlyMap<string, StateVariable>,
    layerNames: ReadonlySet<string>,
  ): void {
    for (const { variable, span } of goPackage.variables) {
      if (variable.name === 'spec') this.reportClash('spec', span);
    }
    for (const { name, local, span } of goPackage.constants) {
      const isState = goPackage === this.linked.main ? state.has(name) : layerNames.has(name);
      if (!local && isState) this.reportClash(name, span);
    }
    for (const { path, packages } of goPackage.files) {
      for (const name of packages.keys()) {
        if (name === 'spec' || layerNames.has(name)) this.reportClash(name, startOfFile(path));
      }
    }
  }

  private reportClash(name: string, span: Span): void {
    this.reports.add(
      'name',
      `${name} is already the name of state of a layer`,
      span,
      'Annotations could not tell them apart: rename it in the Go code.',
    );
  }
}

function own(variable: StateVariable): boolean {
  return variable.origin !== 'layer';
}

function operationNamed(name: string, { operations, channels }: Storage): MachineOperation {
  const found = [...operations, ...channels.operations].find((each) => each.name === name);
  if (found === undefined) throw new Error(`no operation ${name}`);
  return found;
}

/** The machine's operations by their Go names; in the system they are called `disk.Read`. */
function machineOperations(refinement: Refinement): ReadonlyMap<string, MachineOperation> {
  const { machine } = refinement;
  if (machine === null) return new Map();
  const { goPackage } = machine.layer;
  const prefix = goPackage === null ? '' : `${packageName(goPackage)}.`;
  return new Map(
    machine.instance.operations.map((operation): [string, MachineOperation] => [
      operation.name,
      { ...operation, name: `${prefix}${operation.name}`, role: { kind: 'layer' } },
    ]),
  );
}

function packageSpan(goPackage: GoPackage): Span {
  const [file] = goPackage.files;
  return startOfFile(file?.path ?? goPackage.path);
}

function startOfFile(file: string): Span {
  const start = { line: 1, column: 1, offset: 0 };
  return { file, start, end: start };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
