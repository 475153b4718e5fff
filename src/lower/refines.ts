import type { Transitions } from '../ir/index.js';
import type { Annotation, GoPackage } from '../go/index.js';
import type {
  Directive,
  ExpressionSyntax,
  FreshNames,
  LayerArgument,
  LayerDeclaration,
  LayerInstance,
  LayerLibrary,
  LayerParameter,
  LayerReference,
  Scope,
} from '../layer/index.js';
import { checkExpression, instantiateLayer, layerParameters, resolveType } from '../layer/index.js';
import type { Directives } from './directives.js';
import type { Linked } from './linked.js';
import type { Reports } from './reports.js';

/** The name of the machine that has no state but Go's memory and locks. */
const MEMORY = 'Memory';

/** What `refines S over M` makes of the layers. */
export interface Refinement {
  readonly specification: {
    readonly layer: LayerDeclaration;
    readonly instance: LayerInstance;
    readonly text: string;
  };
  /** Null for code that runs over memory only. */
  readonly machine: { readonly layer: LayerDeclaration; readonly instance: LayerInstance } | null;
  readonly over: string;
}

export type RefinesDirective = Extract<Directive, { kind: 'refines' }>;

/** Package-level annotations and those of declarations, where global directives may stand; of the package that is verified first. */
export function globalAnnotations({ main, packages }: Linked): readonly Annotation[] {
  return [main, ...packages.filter((each) => each !== main)].flatMap(annotationsOf);
}

/** The same of one package. */
export function annotationsOf(goPackage: GoPackage): readonly Annotation[] {
  return [
    ...goPackage.annotations,
    ...goPackage.constants.filter((each) => !each.local).flatMap((each) => each.annotations),
    ...[...goPackage.types, ...goPackage.genericTypes].flatMap((each) => each.annotations),
    ...goPackage.variables.flatMap((each) => each.annotations),
  ];
}

/** The package's one `refines`; several variables of one declaration share their annotations, so directives are told apart. */
export function findRefines(
  goPackage: GoPackage,
  directives: Directives,
  reports: Reports,
): RefinesDirective | null {
  const found = [...new Set(directives.all(annotationsOf(goPackage)))].filter(
    (directive): directive is RefinesDirective => directive.kind === 'refines',
  );
  found.forEach((directive, index) => {
    directives.use(directive);
    if (index > 0) {
      reports.add(
        'annotation',
        `the package ${goPackage.name} has more than one \`refines\``,
        directive.span,
        'A package implements one specification: remove all but one.',
      );
    }
  });
  return found[0] ?? null;
}

export function refinementOf(
  directive: RefinesDirective,
  library: LayerLibrary,
  scope: Scope,
  names: FreshNames,
  reports: Reports,
): Refinement | null {
  const resolver = new Resolver(library, scope, names, reports);
  const { specification, machine } = directive;
  const specificationLayer = resolver.layer(specification, false);
  const overMemory = machine.name === MEMORY && machine.arguments.length === 0;
  const machineLayer = overMemory ? null : resolver.layer(machine, true);
  const specificationInstance =
    specificationLayer === null
      ? null
      : resolver.instance(specificationLayer, specification, 'specification', 'spec.');
  const machineInstance =
    machineLayer === null ? null : resolver.instance(machineLayer, machine, 'machine', '');
  if (specificationLayer === null || specificationInstance === null) return null;
  const text = specification.text;
  const result = { specification: { layer: specificationLayer, instance: specificationInstance, text } };
  if (overMemory) return { ...result, machine: null, over: machine.text };
  if (machineLayer === null || machineInstance === null) return null;
  return { ...result, machine: { layer: machineLayer, instance: machineInstance }, over: machine.text };
}

/** The transitions of a machine without a layer: nothing happens but what code does. */
export function memoryTransitions(): Transitions {
  return {
    name: MEMORY,
    init: [],
    crash: { locals: [], statements: [] },
    always: [],
    alwaysStep: [],
  };
}

class Resolver {
  constructor(
    private readonly library: LayerLibrary,
    private readonly scope: Scope,
    private readonly names: FreshNames,
    private readonly reports: Reports,
  ) {}

  layer(reference: LayerReference, allowsMemory: boolean): LayerDeclaration | null {
    const layer = this.library.byName(reference.name);
    if (layer !== null) return layer;
    const known = [...this.library.names(), ...(allowsMemory ? [MEMORY] : [])].sort();
    this.reports.add(
      'layer',
      `there is no layer ${reference.name}`,
      reference.span,
      known.length === 0 ? 'No layer files were found.' : `The layers are: ${known.join(', ')}.`,
    );
    return null;
  }

  instance(
    layer: LayerDeclaration,
    reference: LayerReference,
    side: 'machine' | 'specification',
    statePrefix: string,
  ): LayerInstance | null {
    const parameters = layerParameters(layer);
    if (!parameters.ok) {
      this.reports.addAll(parameters.diagnostics);
      return null;
    }
    const given = this.arguments(layer, parameters.value, reference);
    if (given === null) return null;
    const instance = instantiateLayer(layer, {
      arguments: given,
      side,
      origin: 'layer',
      statePrefix,
      operationPrefix: '',
      names: this.names,
      index: [],
    });
    if (instance.ok) return { ...instance.value, name: reference.text };
    this.reports.addAll(instance.diagnostics);
    return null;
  }

  private arguments(
    layer: LayerDeclaration,
    parameters: readonly LayerParameter[],
    reference: LayerReference,
  ): readonly LayerArgument[] | null {
    if (parameters.length !== reference.arguments.length) {
      const wanted = parameters.map((each) => each.name).join(', ');
      this.reports.add(
        'layer',
        `the layer ${layer.name.name} takes ${countOf(parameters.length)}, not ${reference.arguments.length}`,
        reference.span,
        `Write \`${layer.name.name}${parameters.length === 0 ? '' : `(${wanted})`}\`.`,
      );
      return null;
    }
    const values = parameters.map((parameter, index) => {
      const syntax = reference.arguments[index];
      return syntax === undefined ? null : this.argument(parameter, syntax);
    });
    const given = values.filter((value) => value !== null);
    return given.length === values.length ? given : null;
  }

  private argument(parameter: LayerParameter, syntax: ExpressionSyntax): LayerArgument | null {
    if (parameter.kind === 'value') {
      const checked = checkExpression(syntax, this.scope, parameter.type);
      if (checked.ok) return { kind: 'value', expression: checked.value };
      this.reports.addAll(checked.diagnostics);
      return null;
    }
    if (syntax.kind !== 'name') {
      this.reports.add('layer', `the argument for ${parameter.name} is not the name of a type`, syntax.span);
      return null;
    }
    const type = resolveType({ kind: 'name', name: syntax.name, span: syntax.span }, this.scope);
    if (type.ok) return { kind: 'type', type: type.value };
    this.reports.addAll(type.diagnostics);
    return null;
  }
}

function countOf(count: number): string {
  if (count === 0) return 'no arguments';
  return count === 1 ? '1 argument' : `${count} arguments`;
}
