import type { Diagnostic } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';

/** A construct of Go that is not supported: what it is called and what to write instead. */
export interface Refusal {
  readonly construct: string;
  readonly hint: string;
}

/** Every construct of Go that the tool refuses by name. The documentation's list is generated from this table. */
export const REFUSALS = {
  goroutine: {
    construct: '`go` statements',
    hint: 'Every operation already runs in any number of threads; do the work in the operation itself.',
  },
  channel: { construct: 'channels', hint: 'Share package variables that a `sync.Mutex` guards.' },
  select: { construct: '`select` statements', hint: 'Share package variables that a `sync.Mutex` guards.' },
  goto: { construct: '`goto`', hint: 'Use a loop with `break` and `continue`, which may have labels.' },
  closure: { construct: 'function literals', hint: 'Declare a function of the package.' },
  functionValue: { construct: 'functions as values', hint: 'Call the function directly.' },
  functionType: { construct: 'function types', hint: 'Call functions directly.' },
  map: { construct: 'maps', hint: 'Use an array of fixed size.' },
  slice: { construct: 'slices', hint: 'Use an array of fixed size, such as `[Size]sync.Mutex`.' },
  sliceExpression: { construct: 'slice expressions', hint: 'Use an array of fixed size and index it.' },
  interface: { construct: 'interfaces', hint: 'Use the concrete type.' },
  typeAssertion: { construct: 'type assertions', hint: 'Use the concrete type.' },
  typeSwitch: { construct: 'type switches', hint: 'Use the concrete type.' },
  generic: { construct: 'generics', hint: 'Write the function or type for the one type that is needed.' },
  float: { construct: 'floating-point numbers', hint: 'Use integers.' },
  complex: { construct: 'complex numbers', hint: 'Use integers.' },
  uintptr: { construct: 'the type `uintptr`', hint: 'Use `uint64`.' },
  string: {
    construct: 'strings other than constants',
    hint: 'Strings are for the messages of `panic`; use numbers or blocks for data.',
  },
  stringIndex: { construct: 'indexing of strings', hint: 'Use numbers or blocks for data.' },
  error: { construct: 'the type `error`', hint: 'Return a `bool`.' },
  any: { construct: 'the type `any`', hint: 'Use the concrete type.' },
  pointer: {
    construct: 'pointers other than receivers of methods',
    hint: 'Use a package variable, or pass and return values.',
  },
  receiverAssignment: {
    construct: 'assignment to a receiver that is a pointer',
    hint: 'Assign to the fields of what it points to.',
  },
  nil: { construct: '`nil`', hint: 'Use a zero value; there are no pointers, slices or maps.' },
  addressOf: { construct: 'the operator `&`', hint: 'Call the method on the variable itself.' },
  variadic: { construct: 'variadic parameters', hint: 'Write the parameters one by one.' },
  embedded: { construct: 'embedded fields', hint: 'Give the field a name.' },
  structTag: { construct: 'struct tags', hint: 'Remove the tag.' },
  typeAlias: { construct: 'type aliases', hint: 'Write `type Name Type` or use the type itself.' },
  localType: { construct: 'types declared in functions', hint: 'Declare the type at package level.' },
  emptyStatement: { construct: 'empty statements', hint: 'Remove the `;`.' },
  deferInLoop: {
    construct: '`defer` in a loop',
    hint: 'Move the body of the loop to a function of its own, or call it at the end of the body.',
  },
  deferCall: {
    construct: '`defer` of a conversion or a built-in function',
    hint: 'Defer a call of `Unlock` or of a function or method.',
  },
  initFunction: {
    construct: 'functions with the name `init`',
    hint: 'Write an ordinary function and mark it with an annotation.',
  },
  packageInitialiser: {
    construct: 'initialisers of package variables that are not constants',
    hint: 'Assign the variable in the function that initialises the package.',
  },
  lockCopy: {
    construct: 'copies of locks and of other values of `sync` and `sync/atomic`',
    hint: 'Use the variable that holds the value in its place.',
  },
  localLock: {
    construct: 'locks and other values of `sync` and `sync/atomic` in variables of functions',
    hint: 'Declare it as a package variable, an element or a field of one.',
  },
  lockMethod: {
    construct: 'this method of a lock',
    hint: 'Use `Lock` and `Unlock`, and `RLock` and `RUnlock` of a `sync.RWMutex`.',
  },
  syncType: {
    construct: 'what `sync` has beside `Mutex` and `RWMutex`',
    hint: 'Use a `sync.Mutex` or a `sync.RWMutex`.',
  },
  atomicName: {
    construct: 'this part of `sync/atomic`',
    hint: 'Load, store, add, swap, and compare and swap numbers of the types `uint64`, `uint32`, `int64` and `int32`, or use their atomic types or `atomic.Bool`.',
  },
  atomicAddress: {
    construct: 'functions of `sync/atomic` on anything but `&` of a variable, a field or an element',
    hint: 'Write `&` and the variable as the argument.',
  },
  builtin: {
    construct: 'this built-in function',
    hint: 'The built-in functions `len`, `cap`, `min`, `max` and `panic` are supported.',
  },
  panicArgument: {
    construct: '`panic` with an argument that is not a constant',
    hint: 'Give a constant string.',
  },
  panicValue: { construct: 'calls of `panic` inside expressions', hint: 'Call `panic` as a statement.' },
  import: {
    construct: 'imports other than `sync`, `sync/atomic` and the packages of machine layers',
    hint: 'Import a machine package, or move the code to a file outside of the verified package.',
  },
  dotImport: { construct: 'imports with the name `.`', hint: 'Import the package under a name.' },
  blankImport: { construct: 'imports with the name `_`', hint: 'Remove the import.' },
  cgo: { construct: 'cgo', hint: 'Write the code in Go.' },
  unsafe: { construct: 'the package `unsafe`', hint: 'Use typed values.' },
  reflect: { construct: 'reflection', hint: 'Use typed values.' },
  compilerDirective: {
    construct: 'compiler directives and build constraints',
    hint: 'Remove the line, or move the code to a file outside of the verified package.',
  },
  externalFunction: { construct: 'functions without a body', hint: 'Write the body in Go.' },
  implicitArrayLength: { construct: 'array literals of the form `[...]T{}`', hint: 'Write the length.' },
  methodExpression: { construct: 'methods as values', hint: 'Call the method directly.' },
  parenthesizedType: { construct: 'parentheses around types', hint: 'Remove the parentheses.' },
} as const satisfies Record<string, Refusal>;

export type RefusalName = keyof typeof REFUSALS;

/** What is checked as Go does but cannot be verified yet: refused in code that an operation, recovery or initialisation runs. */
export const UNVERIFIED = {
  slice: { construct: 'slices', hint: 'Use an array of fixed size, such as `[Size]uint64`.' },
  map: { construct: 'maps', hint: 'Use an array of fixed size.' },
  string: {
    construct: 'strings other than constants',
    hint: 'Use numbers or blocks for data.',
  },
  pointer: {
    construct: 'pointers other than receivers of methods',
    hint: 'Use a package variable, or pass and return values.',
  },
  nil: { construct: '`nil`', hint: 'Use a zero value of an integer, a struct or an array.' },
  make: { construct: '`make`', hint: 'Use an array of fixed size.' },
  closure: { construct: 'function literals', hint: 'Declare a function of the package.' },
  function: { construct: 'variables of function types', hint: 'Call functions directly.' },
  functionValue: { construct: 'functions and methods as values', hint: 'Call the function directly.' },
  interface: { construct: 'interfaces', hint: 'Use the concrete type.' },
  typeAssertion: { construct: 'type assertions', hint: 'Use the concrete type.' },
  typeSwitch: { construct: 'type switches', hint: 'Use the concrete type.' },
  channel: { construct: 'channels', hint: 'Share package variables that a `sync.Mutex` guards.' },
  select: { construct: '`select` statements', hint: 'Share package variables that a `sync.Mutex` guards.' },
  goroutine: {
    construct: '`go` statements',
    hint: 'Every operation already runs in any number of threads; do the work in the operation itself.',
  },
  deferInLoop: {
    construct: '`defer` in a loop',
    hint: 'Move the body of the loop to a function of its own, or call it at the end of the body.',
  },
  deferredPanic: { construct: '`defer` of `panic`', hint: 'Call `panic` as a statement.' },
  localLock: {
    construct: 'locks in variables of functions',
    hint: 'Declare the lock as a package variable, an element or a field of one.',
  },
  packageInitialiser: {
    construct: 'initialisers of package variables that are not constants',
    hint: 'Assign the variable in the function that initialises the package.',
  },
  initFunction: {
    construct: 'functions with the name `init`',
    hint: 'Write an ordinary function and mark it with an annotation.',
  },
  spreadConversion: {
    construct: 'several results of a call that change their types or go to a variadic parameter',
    hint: 'Assign the results to variables first.',
  },
} as const satisfies Record<string, Refusal>;

export type UnverifiedName = keyof typeof UNVERIFIED;

/** Syntax that is refused wherever it stands, by the grammar's name for it. */
export const REFUSED_SYNTAX: ReadonlyMap<string, RefusalName> = new Map<string, RefusalName>([
  ['go_statement', 'goroutine'],
  ['send_statement', 'channel'],
  ['receive_statement', 'channel'],
  ['channel_type', 'channel'],
  ['select_statement', 'select'],
  ['goto_statement', 'goto'],
  ['func_literal', 'closure'],
  ['function_type', 'functionType'],
  ['map_type', 'map'],
  ['slice_type', 'slice'],
  ['slice_expression', 'sliceExpression'],
  ['interface_type', 'interface'],
  ['type_assertion_expression', 'typeAssertion'],
  ['type_switch_statement', 'typeSwitch'],
  ['generic_type', 'generic'],
  ['type_arguments', 'generic'],
  ['type_parameter_list', 'generic'],
  ['type_instantiation_expression', 'generic'],
  ['negated_type', 'generic'],
  ['float_literal', 'float'],
  ['imaginary_literal', 'complex'],
  ['variadic_parameter_declaration', 'variadic'],
  ['variadic_argument', 'variadic'],
  ['type_alias', 'typeAlias'],
  ['implicit_length_array_type', 'implicitArrayLength'],
  ['nil', 'nil'],
  ['parenthesized_type', 'parenthesizedType'],
]);

/** The diagnostic for a refused construct; `detail` names the one at hand. */
export function refuse(name: RefusalName, span: Span, detail?: string): Diagnostic {
  const { construct, hint }: Refusal = REFUSALS[name];
  const suffix = detail === undefined ? '' : `: ${detail}`;
  return { code: 'unsupported', message: `not supported: ${construct}${suffix}`, span, hint };
}
