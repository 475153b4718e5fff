import type { Diagnostic } from '../base/diagnostic.js';
import type { Span } from '../base/source.js';

/** A construct of Go that is not supported: what it is called and what to write instead. */
export interface Refusal {
  readonly construct: string;
  readonly hint: string;
}

/** Every construct of Go that the tool refuses by name. The documentation's list is generated from this table. */
export const REFUSALS = {
  goto: { construct: '`goto`', hint: 'Use a loop with `break` and `continue`, which may have labels.' },
  float: { construct: 'floating-point numbers', hint: 'Use integers.' },
  complex: { construct: 'complex numbers', hint: 'Use integers.' },
  uintptr: { construct: 'the type `uintptr`', hint: 'Use `uint64`.' },
  lockCopy: {
    construct: 'copies of locks and of other values of `sync` and `sync/atomic`',
    hint: 'Use the variable that holds the value in its place.',
  },
  lockMethod: {
    construct: 'this method of a lock',
    hint: 'Use `Lock` and `Unlock`, and `RLock` and `RUnlock` of a `sync.RWMutex`.',
  },
  syncType: {
    construct:
      'what `sync` has beside `Mutex`, `RWMutex`, `Cond`, `Once` (with `Do`) and `WaitGroup` (with `Add`, `Done` and `Wait`)',
    hint: 'Use one of these.',
  },
  condition: {
    construct: 'condition variables other than package variables that are made with the address of a lock',
    hint: 'Declare `var changed = sync.NewCond(&mu)`, where `mu` is a `sync.Mutex` or a `sync.RWMutex` at package level.',
  },
  atomicName: {
    construct: 'this part of `sync/atomic`',
    hint: 'Load, store, add, swap, and compare and swap numbers of the types `uint64`, `uint32`, `int64` and `int32`, or use their atomic types or `atomic.Bool`.',
  },
  atomicAddress: {
    construct: 'functions of `sync/atomic` on the results of another call',
    hint: 'Write the arguments one by one.',
  },
  literalName: {
    construct: 'variables and constants with the name `true`, `false`, `nil` or `iota`',
    hint: 'Choose another name.',
  },
  emptyStatement: { construct: 'empty statements', hint: 'Remove the `;`.' },
  builtin: {
    construct: 'the built-in functions `print`, `println`, `recover`, `complex`, `real` and `imag`',
    hint: 'Leave the call out.',
  },
  import: {
    construct:
      'imports other than `sync`, `sync/atomic`, the packages of machine layers, those of the module and those of the table of the library',
    hint: 'Import a machine package, or move the code to a file outside of the verified package.',
  },
  importOutput: {
    construct: 'the packages `fmt`, `log`, `log/slog` and `strconv`, and other output and formatting of text',
    hint: 'Leave printing to the caller, outside of the verified package; make errors with `errors.New`.',
  },
  importSystem: {
    construct:
      'the packages `os`, `io`, `bufio`, `net`, `syscall`, and others that reach the operating system',
    hint: 'Import the Go package of a machine layer, such as `armada/machine/disk`, or declare a layer for what the code needs.',
  },
  importTime: {
    construct: 'the packages `time` and `context`: clocks, timers and cancellation',
    hint: 'Let the caller pass the time as a number.',
  },
  importRandom: {
    construct: 'the packages `math/rand`, `math/rand/v2` and `crypto/rand`',
    hint: 'Call `RandomUint64` of `armada/machine/machine`, or let the caller pass the number.',
  },
  libraryName: {
    construct: 'what a package of the library has beside what the table of the library lists',
    hint: 'Use what is listed there, or write the function in the package.',
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
  genericValue: {
    construct: 'generic functions as values without all of their type arguments',
    hint: 'Write the type arguments.',
  },
  genericAlias: { construct: 'aliases with type parameters', hint: 'Declare a generic type.' },
  localGeneric: { construct: 'generic types in functions', hint: 'Declare the type at package level.' },
  uncalled: {
    construct:
      'functions of machine packages and of `sync/atomic`, and methods of locks and atomic variables, as values',
    hint: 'Call it directly, or in a function of the package.',
  },
} as const satisfies Record<string, Refusal>;

export type RefusalName = keyof typeof REFUSALS;

/** What is checked as Go does but cannot be verified yet: refused in code that an operation, recovery or initialisation runs. */
export const UNVERIFIED = {
  functionLoop: { construct: '`range` over a function', hint: 'Write the loop in the function itself.' },
  channel: {
    construct:
      'channels as values, and channels that no variable is declared with, by `make`, at package level or in an operation',
    hint: 'Declare `var c = make(chan T, 1)` at package level or `c := make(chan T, 1)` in an operation, and use it by its name and as an argument; or share package variables that a `sync.Mutex` guards.',
  },
  select: {
    construct: '`select` without cases, and sending to a channel without a buffer in a case of one',
    hint: 'Give the channel a buffer: `make(chan T, 1)`, or send to it in a statement of its own, perhaps in a goroutine.',
  },
  goroutineAlone: {
    construct:
      '`go` statements in recovery, initialisation and boot, in what Go runs before them, and in functions with a contract',
    hint: 'Start it in an operation, or do the work in the function itself.',
  },
  deferInLoop: {
    construct: '`defer` in a loop',
    hint: 'Move the body of the loop to a function of its own, or call it at the end of the body.',
  },
  localLock: {
    construct: 'locks and other values of `sync` and `sync/atomic` in variables of functions',
    hint: 'Declare it as a package variable, an element or a field of one.',
  },
  separateStart: {
    construct:
      'functions with the name `init`, and initialisers that are not constants, in imported packages that refine a specification of their own',
    hint: 'Move what is imported to a package that refines nothing, or import the package as a machine, which a layer with its `package` clause is.',
  },
  startOrder: {
    construct:
      'initialisers and functions with the name `init` in two imported packages, neither of which needs the other, that use the same variable or the machine',
    hint: 'Import one of the packages in the other, so that it is initialised before, or do the work in a function that is called.',
  },
} as const satisfies Record<string, Refusal>;

export type UnverifiedName = keyof typeof UNVERIFIED;

/** Syntax that is refused wherever it stands, by the grammar's name for it. */
export const REFUSED_SYNTAX: ReadonlyMap<string, RefusalName> = new Map<string, RefusalName>([
  ['goto_statement', 'goto'],
  ['imaginary_literal', 'complex'],
]);

/** Imports that are refused by a name of their own. */
export const REFUSED_IMPORTS: ReadonlyMap<string, RefusalName> = new Map<string, RefusalName>([
  ['C', 'cgo'],
  ['unsafe', 'unsafe'],
  ['reflect', 'reflect'],
  ...refusedImports('importOutput', 'fmt log log/slog strconv text/template'),
  ...refusedImports(
    'importSystem',
    'os os/exec os/signal io io/fs io/ioutil bufio net net/http path/filepath runtime runtime/debug syscall',
  ),
  ...refusedImports('importTime', 'time context'),
  ...refusedImports('importRandom', 'math/rand math/rand/v2 crypto/rand'),
]);

function refusedImports(name: RefusalName, paths: string): readonly [string, RefusalName][] {
  return paths.split(' ').map((path) => [path, name]);
}

/** The diagnostic for a refused construct; `detail` names the one at hand. */
export function refuse(name: RefusalName, span: Span, detail?: string): Diagnostic {
  const { construct, hint }: Refusal = REFUSALS[name];
  const suffix = detail === undefined ? '' : `: ${detail}`;
  return { code: 'unsupported', message: `not supported: ${construct}${suffix}`, span, hint };
}
