import type {
  BinaryOperator,
  BoundVariable,
  Builtin,
  MapType,
  RecordType,
  SeqType,
  SetType,
  Type,
  UnaryOperator,
} from '../ir/index.js';

/**
 * What values are. The meaning of expressions and statements is written once, over this interface; the prover
 * instantiates it with terms and the explorer with numbers. Every operation is total: see `Expression` for
 * what partial ones yield.
 */
export interface Domain<V> {
  /** An integer (any mathematical value that fits the type), a truth value, or an enum case by index. */
  literal(type: Type, value: bigint | boolean): V;
  /** The zero value of a type. */
  zero(type: Type): V;
  /** The value of a truth value where it is known, else null. */
  known(condition: V): boolean | null;
  unary(operator: UnaryOperator, type: Type, operand: V): V;
  /** `type` is the type of the operands. */
  binary(operator: BinaryOperator, type: Type, left: V, right: V): V;
  /** `condition ? whenTrue : whenFalse`; only called when the condition is not known. */
  conditional(type: Type, condition: V, whenTrue: V, whenFalse: V): V;
  convert(from: Type, to: Type, operand: V): V;
  mapGet(type: MapType, map: V, key: V): V;
  mapSet(type: MapType, map: V, key: V, value: V): V;
  field(type: RecordType, record: V, name: string): V;
  withField(type: RecordType, record: V, name: string, value: V): V;
  record(type: RecordType, fields: readonly V[]): V;
  sequence(type: SeqType, elements: readonly V[]): V;
  length(type: SeqType, sequence: V): V;
  element(type: SeqType, sequence: V, position: V): V;
  withElement(type: SeqType, sequence: V, position: V, value: V): V;
  append(type: SeqType, sequence: V, elements: readonly V[]): V;
  concat(type: SeqType, left: V, right: V): V;
  slice(type: SeqType, sequence: V, low: V, high: V): V;
  /** `type` is that of target and source. */
  splice(type: MapType, target: V, at: V, source: V, from: V, count: V): V;
  elements(type: SeqType, sequence: V): V;
  /** `type` is that of the result. */
  gather(type: SeqType, source: V, from: V, count: V): V;
  some(content: Type, value: V): V;
  isSome(content: Type, option: V): V;
  content(content: Type, option: V): V;
  member(type: SetType, element: V, set: V): V;
  withMember(type: SetType, set: V, element: V, present: V): V;
  /** `operandType` is that of the operand. */
  builtin(builtin: Builtin, operandType: Type, operand: V): V;
  quantify(
    quantifier: 'forall' | 'exists',
    variables: readonly BoundVariable[],
    body: (values: readonly V[]) => V,
  ): V;
}

/** Where the free names of an expression get their values. */
export interface Environment<V> {
  parameter(name: string): V;
  local(index: number): V;
  /** A state variable now or, in two-state formulas, before the step. */
  state(variable: string, old: boolean): V;
  /** A bound variable that no quantifier inside the expression binds. */
  bound(id: string): V;
  /** Whether the thread was asked to do the op and its section `section` is the next to come. */
  pending(thread: V, operation: string, section: number, args: readonly V[]): V;
}
