import type { Expression, Type } from '../ir/index.js';
import { children } from '../ir/index.js';
import { unify } from './region.js';

/** What an expression's names are declared as. */
export interface Declared {
  readonly local: (index: number) => Type;
  readonly state: (variable: string) => Type | null;
}

/**
 * Unifies the regions of all types between which values flow inside an expression: a part has the type that its whole says it has, and
 * values that are compared or chosen from have the same.
 */
export function unifyFlows(expression: Expression, declared: Declared): void {
  for (const child of children(expression)) unifyFlows(child, declared);
  flowOf(expression, declared);
}

function flowOf(expression: Expression, declared: Declared): void {
  const { type } = expression;
  switch (expression.kind) {
    case 'literal':
    case 'default':
    case 'parameter':
    case 'bound':
    case 'quantifier':
    case 'pending':
    case 'length':
    case 'convert':
    case 'isSome':
      return;
    case 'local':
      unify(type, declared.local(expression.index));
      return;
    case 'state': {
      const known = declared.state(expression.variable);
      if (known !== null) unify(type, known);
      return;
    }
    case 'builtin':
      if (expression.function === 'leastKey') unifyKey(expression.operand.type, type);
      return;
    case 'unary':
      unify(type, expression.operand.type);
      return;
    case 'binary':
      unify(expression.left.type, expression.right.type);
      if (type.kind !== 'bool') unify(type, expression.left.type);
      return;
    case 'conditional':
      unify(type, expression.whenTrue.type);
      unify(type, expression.whenFalse.type);
      return;
    default:
      structuredFlow(expression);
  }
}

type Structured = Exclude<
  Expression,
  {
    kind:
      | ('literal' | 'default' | 'parameter' | 'bound' | 'quantifier' | 'pending' | 'length' | 'builtin')
      | ('convert' | 'isSome' | 'local' | 'state' | 'unary' | 'binary' | 'conditional');
  }
>;

function structuredFlow(expression: Structured): void {
  const { type } = expression;
  switch (expression.kind) {
    case 'index':
      unifyKey(expression.collection.type, expression.key.type);
      unify(type, valueOf(expression.collection.type));
      return;
    case 'update':
      unify(type, expression.collection.type);
      unifyKey(type, expression.key.type);
      unify(valueOf(type), expression.value.type);
      return;
    case 'field':
      unify(type, fieldOf(expression.record.type, expression.name));
      return;
    case 'withField':
      unify(type, expression.record.type);
      unify(fieldOf(type, expression.name), expression.value.type);
      return;
    case 'record':
      expression.fields.forEach((field, index) => {
        const declaredField = expression.type.fields[index];
        if (declaredField !== undefined) unify(declaredField.type, field.type);
      });
      return;
    case 'sequence':
    case 'append':
      if (expression.kind === 'append') unify(type, expression.sequence.type);
      for (const element of expression.elements) unify(valueOf(type), element.type);
      return;
    case 'concat':
      unify(type, expression.left.type);
      unify(type, expression.right.type);
      return;
    case 'slice':
      unify(type, expression.sequence.type);
      return;
    case 'splice':
      unify(type, expression.target.type);
      unify(type, expression.source.type);
      return;
    case 'elements':
      unify(valueOf(type), valueOf(expression.sequence.type));
      return;
    case 'gather':
      unify(valueOf(type), valueOf(expression.source.type));
      return;
    case 'some':
      if (type.kind === 'option') unify(type.value, expression.value.type);
      return;
    case 'content':
      if (expression.option.type.kind === 'option') unify(type, expression.option.type.value);
      return;
    case 'member':
      unify(valueOf(expression.set.type), expression.element.type);
      return;
    case 'withMember':
      unify(type, expression.set.type);
      unify(valueOf(type), expression.element.type);
  }
}

function unifyKey(collection: Type, key: Type): void {
  if (collection.kind === 'map') unify(collection.key, key);
}

/** What a collection holds. */
function valueOf(collection: Type): Type {
  switch (collection.kind) {
    case 'map':
      return collection.value;
    case 'seq':
    case 'set':
      return collection.element;
    default:
      throw new Error(`a collection, not ${collection.kind}`);
  }
}

function fieldOf(record: Type, name: string): Type {
  const field = record.kind === 'record' ? record.fields.find((each) => each.name === name) : undefined;
  if (field === undefined) throw new Error(`no field ${name}`);
  return field.type;
}
