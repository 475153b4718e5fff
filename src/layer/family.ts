import { failure, success, type Result } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';
import { BOOL, rewriteExpression } from '../ir/index.js';
import type { Expression, Invariant, MapType, Operation, Place, StateVariable, Type } from '../ir/index.js';
import type { FamilyIndex, InstanceRequest, LayerInstance } from './instance.js';
import { mapStatement, shiftLocals } from './rewrite-statement.js';

/**
 * Lifts an instance over indices: state becomes maps from the indices, ops take the keys as their first parameters, facts are stated for all
 * keys. Errors: a layer with a crash of its own (it would have to run for all keys at once) or an initial value other than zero.
 */
export function liftToFamily(
  instance: LayerInstance,
  request: InstanceRequest,
  span: Span,
): Result<LayerInstance> {
  const { index } = request;
  const refuse = (message: string): Result<LayerInstance> => failure({ code: 'layer', message, span });
  if (instance.transitions.crash.statements.length > 0) {
    return refuse(`layer '${instance.name}' has a crash, so there can be no array of it`);
  }
  const types = new Map(instance.state.map((variable) => [variable.name, variable.type]));
  const state: StateVariable[] = [];
  for (const variable of instance.state) {
    if (variable.initial === null || !isZero(variable.initial)) {
      return refuse(`variable '${variable.name}' does not start as zero, so there can be no array of it`);
    }
    const type = lifted(variable.type, index);
    state.push({ ...variable, type, initial: { kind: 'default', type } });
  }
  const { transitions } = instance;
  const forAll = (invariant: Invariant): Invariant => quantified(invariant, request, types);
  return success({
    ...instance,
    state,
    operations: instance.operations.map((operation) => liftOperation(operation, index, types)),
    transitions: {
      ...transitions,
      init: transitions.init.map(forAll),
      always: transitions.always.map(forAll),
      alwaysStep: transitions.alwaysStep.map(forAll),
    },
  });
}

function isZero(expression: Expression): boolean {
  if (expression.kind === 'default') return true;
  return expression.kind === 'literal' && (expression.value === 0n || expression.value === false);
}

function lifted(type: Type, index: readonly FamilyIndex[]): Type {
  return index.reduceRight<Type>((value, { type: key }) => ({ kind: 'map', key, value }), type);
}

/** Every mention of a state variable becomes its element at the keys. */
function atKeys(
  expression: Expression,
  keys: readonly Expression[],
  types: ReadonlyMap<string, Type>,
): Expression {
  const index = keys.map(({ type }) => ({ name: '', type }));
  return rewriteExpression(expression, (node) => {
    const type = node.kind === 'state' ? types.get(node.variable) : undefined;
    if (node.kind !== 'state' || type === undefined) return node;
    let result: Expression = { ...node, type: lifted(type, index) };
    for (const key of keys) result = elementOf(result, key);
    return result;
  });
}

function elementOf(collection: Expression, key: Expression): Expression {
  const type = collection.type as MapType;
  const span = collection.span === undefined ? {} : { span: collection.span };
  return { kind: 'index', collection, key, type: type.value, ...span };
}

function liftOperation(
  operation: Operation,
  index: readonly FamilyIndex[],
  types: ReadonlyMap<string, Type>,
): Operation {
  const keys = index.map(({ type }, position): Expression => ({ kind: 'local', index: position, type }));
  const place = (each: Place): Place => {
    if (each.root.kind === 'local') return each;
    const type = types.get(each.root.variable);
    if (type === undefined) throw new Error(`no variable ${each.root.variable}`);
    const path = keys.map((key, position) => {
      const container = lifted(type, index.slice(position)) as MapType;
      return { kind: 'key' as const, key, type: container };
    });
    return { ...each, path: [...path, ...each.path] };
  };
  return {
    ...operation,
    parameterCount: operation.parameterCount + index.length,
    locals: [...index, ...operation.locals],
    sections: operation.sections.map((section) =>
      section.map((statement) =>
        mapStatement(
          shiftLocals(statement, index.length),
          (expression) => atKeys(expression, keys, types),
          place,
          (local) => local,
        ),
      ),
    ),
  };
}

function quantified(
  invariant: Invariant,
  { index, names }: InstanceRequest,
  types: ReadonlyMap<string, Type>,
): Invariant {
  const variables = index.map(({ name, type }) => ({ id: names.fresh(name), name, type }));
  const keys = variables.map(({ id, type }): Expression => ({ kind: 'bound', id, type }));
  const body = atKeys(invariant.expression, keys, types);
  return {
    ...invariant,
    expression: {
      kind: 'quantifier',
      quantifier: 'forall',
      variables,
      body,
      type: BOOL,
      span: invariant.span,
    },
  };
}
