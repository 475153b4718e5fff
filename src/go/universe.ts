import type { Span } from '../base/source.js';
import { DeclaredType } from './declared-type.js';
import { Scope } from './scope.js';
import type { Entity } from './scope.js';
import { BOOL, STRING, UNTYPED_BOOL, integerType } from './type.js';
import type { GoType, IntegerName, InterfaceType } from './type.js';

const INTEGERS: readonly IntegerName[] = [
  'int',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
];

const BUILTINS =
  'append cap clear close complex copy delete imag len make max min new panic print println real recover';

const START = { line: 1, column: 1, offset: 0 };
const NOWHERE: Span = { file: '', start: START, end: START };

function predeclared(name: string, definition: InterfaceType): GoType {
  const description = { name, packagePath: null, packageName: null, local: false, annotations: [] };
  const declared = new DeclaredType(
    { ...description, span: NOWHERE },
    () => definition,
    () => undefined,
  );
  return declared.type;
}

/** `interface{}`. */
export const ANY: InterfaceType = { kind: 'interface', methods: [], terms: null, comparable: false };

/** Whether a type is `error` itself, under whatever alias. */
export function isError(type: GoType | undefined): boolean {
  return type === ERROR;
}

/** `error`. */
export const ERROR: GoType = predeclared('error', {
  ...ANY,
  methods: [
    {
      name: 'Error',
      packagePath: null,
      type: { kind: 'function', parameters: [], results: [STRING], variadic: false },
      span: NOWHERE,
    },
  ],
});

const COMPARABLE = predeclared('comparable', { ...ANY, comparable: true });

/** The predeclared names of Go that have a meaning in the subset; the others are refused where they are used. */
export function universe(): Scope {
  const scope = new Scope(null);
  const declareType = (name: string, type: GoType): void => {
    scope.declare(name, { kind: 'type', resolve: () => type }, null);
  };
  for (const name of INTEGERS) declareType(name, integerType(name));
  declareType('byte', integerType('uint8'));
  declareType('rune', integerType('int32'));
  declareType('bool', BOOL);
  declareType('string', STRING);
  declareType('any', ANY);
  declareType('error', ERROR);
  declareType('comparable', COMPARABLE);
  for (const name of BUILTINS.split(' ')) scope.declare(name, { kind: 'builtin', name }, null);
  for (const value of [true, false]) {
    const name = String(value);
    const reference = { kind: 'predeclared', name } as const;
    const entity: Entity = { kind: 'constant', resolve: () => ({ reference, type: UNTYPED_BOOL, value }) };
    scope.declare(name, entity, null);
  }
  scope.declare('nil', { kind: 'nil' }, null);
  return scope;
}
