import type { Code, Expression, Instruction, Operation, Statement } from '../ir/index.js';
import { procedureOf } from '../ir/index.js';
import { deadLocals } from './liveness.js';
import type { Program } from './program.js';
import { codesOf, forEachStatement } from './program.js';
import type { Shape } from './sorts.js';
import { PLAIN, compareWith, fix, fixZero, freshShape, join } from './sorts.js';
import { asInteger } from './value.js';

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

/**
 * Which numbers the operations of a system treat alike, while threads run: what is only copied, compared for equality, used as a key
 * of maps, or compared with a parameter. Numbers that arithmetic, order, constants or a `choose` tell apart are fixed, and
 * with them all numbers that they meet. Recovery, initialisation, boot and crashes are left out: see {@link Symmetry}.
 */
export class Alike {
  readonly state = new Map<string, Shape>();
  readonly code = new Map<Code, readonly Shape[]>();
  readonly operation = new Map<Operation, readonly Shape[]>();
  private readonly bound = new Map<string, Shape>();

  constructor(private readonly program: Program) {
    const { system } = program;
    for (const { name, type } of system.state) this.state.set(name, freshShape(type));
    for (const each of [...system.machineOperations, ...system.specificationOperations])
      this.addOperation(each);
    for (const { code } of system.procedures) this.code.set(code, localShapes(code));
    for (const { code, results } of system.procedures) {
      const shapes = this.code.get(code) ?? [];
      this.addInstructions(code, shapes, (index) => shapes[results[index] ?? -1] ?? PLAIN);
    }
    for (const { operation, code } of system.implementations)
      this.addCode(code, program.specificationOperation(operation));
    for (const code of codesOf(system)) {
      if (!this.code.has(code))
        this.code.set(
          code,
          code.locals.map(({ type }) => freshShape(type)),
        );
    }
  }

  private addOperation(operation: Operation): void {
    const locals = operation.locals.map(({ type }, index) =>
      index < operation.parameterCount ? freshShape(type) : fixZero(freshShape(type)),
    );
    this.operation.set(operation, locals);
    for (const section of operation.sections) {
      forEachStatement(section, (statement) => {
        this.addStatement(statement, locals, operation);
      });
    }
  }

  private addStatement(statement: Statement, locals: readonly Shape[], operation: Operation): void {
    const infer = (expression: Expression): Shape => this.infer(expression, locals);
    switch (statement.kind) {
      case 'assign':
        this.assign(statement, locals);
        return;
      case 'require':
      case 'await':
      case 'if':
        infer(statement.condition);
        return;
      case 'choose':
        fix(locals[statement.local] ?? PLAIN);
        infer(statement.where);
        return;
      case 'return':
        statement.values.forEach((value, index) => join(resultShape(operation, locals, index), infer(value)));
        return;
      case 'either':
        return;
    }
  }

  private assign({ place, value }: Extract<Statement, { kind: 'assign' }>, locals: readonly Shape[]): void {
    const { root, path } = place;
    let shape = root.kind === 'local' ? locals[root.index] : this.state.get(root.variable);
    for (const element of path) {
      if (element.kind === 'field')
        shape = shape?.kind === 'record' ? shape.fields.get(element.name) : undefined;
      else shape = this.elementOf(shape ?? PLAIN, this.infer(element.key, locals));
    }
    join(shape ?? PLAIN, this.infer(value, locals));
  }

  private addCode(code: Code, operation: Operation): void {
    const own = this.operation.get(operation) ?? [];
    const locals = localShapes(code);
    locals.slice(0, code.parameterCount).forEach((shape, index) => join(shape, own[index] ?? PLAIN));
    this.code.set(code, locals);
    this.addInstructions(code, locals, (index) => resultShape(operation, own, index));
  }

  /** `result`: the shape of what is returned. */
  private addInstructions(code: Code, locals: readonly Shape[], result: (index: number) => Shape): void {
    for (const instruction of code.instructions) this.addInstruction(instruction, locals, result);
  }

  private addInstruction(
    instruction: Instruction,
    locals: readonly Shape[],
    result: (index: number) => Shape,
  ): void {
    const infer = (expression: Expression): Shape => this.infer(expression, locals);
    switch (instruction.kind) {
      case 'assign':
        join(locals[instruction.local] ?? PLAIN, infer(instruction.value));
        return;
      case 'branch':
      case 'check':
      case 'assume':
        infer(instruction.condition);
        return;
      case 'choose':
        fix(join(locals[instruction.local] ?? PLAIN, infer(instruction.usual)));
        infer(instruction.where);
        return;
      case 'call': {
        const operation = this.program.operation(instruction.operation);
        const shapes = this.operation.get(operation) ?? [];
        instruction.arguments.forEach((argument, index) => join(shapes[index] ?? PLAIN, infer(argument)));
        instruction.results.forEach((target, index) => {
          if (target !== null) join(locals[target] ?? PLAIN, resultShape(operation, shapes, index));
        });
        return;
      }
      case 'invoke': {
        const { code, parameters, results } = procedureOf(
          this.program.system.procedures,
          instruction.procedure,
        );
        const shapes = this.code.get(code) ?? [];
        const meet = (local: number | undefined, shape: Shape): Shape =>
          join(shapes[local ?? -1] ?? PLAIN, shape);
        instruction.arguments.forEach((argument, index) => meet(parameters[index], infer(argument)));
        instruction.results.forEach((target, index) => {
          if (target !== null) meet(results[index], locals[target] ?? PLAIN);
        });
        return;
      }
      case 'return':
        instruction.values.forEach((value, index) => join(result(index), infer(value)));
        return;
      case 'jump':
      case 'loop':
      case 'spawn':
      case 'end':
      case 'hint':
      case 'claim':
        return;
    }
  }

  private infer(expression: Expression, locals: readonly Shape[]): Shape {
    const infer = (each: Expression): Shape => this.infer(each, locals);
    switch (expression.kind) {
      case 'literal':
      case 'parameter':
        return fix(freshShape(expression.type));
      case 'default':
        return fixZero(freshShape(expression.type));
      case 'local':
        return locals[expression.index] ?? PLAIN;
      case 'state':
        return this.state.get(expression.variable) ?? PLAIN;
      case 'bound':
        return this.bound.get(expression.id) ?? fix(freshShape(expression.type));
      case 'quantifier':
        for (const { id, type } of expression.variables) this.bound.set(id, freshShape(type));
        infer(expression.body);
        return PLAIN;
      case 'conditional':
        infer(expression.condition);
        return join(infer(expression.whenTrue), infer(expression.whenFalse));
      case 'binary':
        return this.binary(expression, locals);
      case 'unary':
      case 'convert':
      case 'builtin':
        fix(infer(expression.operand));
        return fix(freshShape(expression.type));
      case 'pending':
        for (const each of [expression.thread, ...expression.arguments]) fix(infer(each));
        return PLAIN;
      case 'field':
      case 'withField':
      case 'record':
        return this.record(expression, infer);
      case 'index':
      case 'update':
      case 'member':
      case 'withMember':
        return this.collection(expression, infer);
      case 'splice':
      case 'elements':
      case 'gather':
        return this.positions(expression, infer);
      default:
        return this.sequence(expression, infer);
    }
  }

  private binary({ operator, left, right, type }: Of<'binary'>, locals: readonly Shape[]): Shape {
    const [first, second] = [this.infer(left, locals), this.infer(right, locals)];
    if (operator === 'equal') join(first, second);
    else if (operator === 'less' && right.kind === 'parameter')
      compareWith(first, this.parameter(right.name));
    else if (operator === 'lessEqual' && left.kind === 'parameter')
      compareWith(second, this.parameter(left.name));
    else {
      fix(first);
      fix(second);
    }
    return fix(freshShape(type));
  }

  private parameter(name: string): bigint {
    return asInteger(this.program.parameter(name));
  }

  private record(
    expression: Of<'field' | 'withField' | 'record'>,
    infer: (each: Expression) => Shape,
  ): Shape {
    switch (expression.kind) {
      case 'field':
        return fieldOf(infer(expression.record), expression.name);
      case 'withField': {
        const record = infer(expression.record);
        join(fieldOf(record, expression.name), infer(expression.value));
        return record;
      }
      case 'record': {
        const shape = freshShape(expression.type);
        expression.type.fields.forEach(({ name }, index) => {
          const value = expression.fields[index];
          if (value !== undefined) join(fieldOf(shape, name), infer(value));
        });
        return shape;
      }
    }
  }

  private collection(
    expression: Of<'index' | 'update' | 'member' | 'withMember'>,
    infer: (each: Expression) => Shape,
  ): Shape {
    switch (expression.kind) {
      case 'index':
        return this.elementOf(infer(expression.collection), infer(expression.key));
      case 'update': {
        const collection = infer(expression.collection);
        join(this.elementOf(collection, infer(expression.key)), infer(expression.value));
        return collection;
      }
      case 'member':
        this.elementOf(infer(expression.set), infer(expression.element));
        return PLAIN;
      case 'withMember': {
        const set = infer(expression.set);
        this.elementOf(set, infer(expression.element));
        infer(expression.present);
        return set;
      }
    }
  }

  private sequence(
    expression: Of<'length' | 'sequence' | 'append' | 'concat' | 'slice' | 'some' | 'isSome' | 'content'>,
    infer: (each: Expression) => Shape,
  ): Shape {
    switch (expression.kind) {
      case 'length':
        infer(expression.sequence);
        return fix(freshShape(expression.type));
      case 'sequence':
        return this.elements(freshShape(expression.type), expression.elements.map(infer));
      case 'append':
        return this.elements(infer(expression.sequence), expression.elements.map(infer));
      case 'concat':
        return join(infer(expression.left), infer(expression.right));
      case 'slice':
        fix(infer(expression.low));
        fix(infer(expression.high));
        return infer(expression.sequence);
      case 'some':
        return this.elements(freshShape(expression.type), [infer(expression.value)]);
      case 'isSome':
        infer(expression.option);
        return PLAIN;
      case 'content':
        return fixZero(elementShape(infer(expression.option)));
    }
  }

  /** Positions are counted, so they are all different. */
  private positions(
    expression: Of<'splice' | 'elements' | 'gather'>,
    infer: (each: Expression) => Shape,
  ): Shape {
    const result = freshShape(expression.type);
    switch (expression.kind) {
      case 'splice': {
        for (const each of [expression.at, expression.from, expression.count]) fix(infer(each));
        const target = infer(expression.target);
        const source = infer(expression.source);
        for (const each of [target, source]) if (each.kind === 'map') fix(each.key);
        return join(target, source);
      }
      case 'elements':
        if (result.kind === 'map') {
          fix(result.key);
          fixZero(join(result.value, elementShape(infer(expression.sequence))));
        }
        return result;
      case 'gather': {
        for (const each of [expression.from, expression.count]) fix(infer(each));
        const source = infer(expression.source);
        if (source.kind === 'map') {
          fix(source.key);
          join(elementShape(result), source.value);
        }
        return result;
      }
    }
  }

  private elements(whole: Shape, elements: readonly Shape[]): Shape {
    for (const element of elements) join(elementShape(whole), element);
    return whole;
  }

  /** What a collection holds under a key. A position in a sequence is a number with an order; beyond its end there are zeros. */
  private elementOf(collection: Shape, key: Shape): Shape {
    if (collection.kind === 'map') {
      join(collection.key, key);
      return collection.value;
    }
    fix(key);
    return fixZero(elementShape(collection));
  }
}

/** Shapes of the locals of some code; those that are read before they are assigned start as zero, unless they are parameters. */
function localShapes(code: Code): readonly Shape[] {
  const dead = deadLocals(code, 0);
  return code.locals.map(({ type }, index) => {
    const shape = freshShape(type);
    return index < code.parameterCount || dead.includes(index) ? shape : fixZero(shape);
  });
}

function elementShape(shape: Shape): Shape {
  return shape.kind === 'elements' ? shape.element : PLAIN;
}

function fieldOf(shape: Shape, name: string): Shape {
  return shape.kind === 'record' ? (shape.fields.get(name) ?? PLAIN) : PLAIN;
}

/** Results come after the parameters. */
function resultShape(operation: Operation, locals: readonly Shape[], index: number): Shape {
  return locals[operation.parameterCount + index] ?? PLAIN;
}
