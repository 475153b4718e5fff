import type { Span } from '../base/source.js';
import type { CallSite, Expression, MachineOperation, PathElement, Type } from '../ir/index.js';
import type {
  Annotation,
  Block,
  CallExpression,
  Expression as GoExpression,
  FunctionDeclaration,
  GoType,
  JumpTarget,
  MachineFunction,
  MachinePackage,
  MethodReference,
  Statement as GoStatement,
  Variable,
} from '../go/index.js';
import type { InstructionBuilder, Label } from './builder.js';
import type { Constants } from './constant.js';
import type { TypeTable } from './go-type.js';
import type { ChannelNode, MemoryNode, OwnMapNode } from './memory.js';
import type { Escapes } from './escape.js';
import type { EvaluationOrder } from './order.js';
import type { Linked } from './linked.js';
import type { LocalChannels } from './local-channels.js';
import type { Making } from './making.js';
import type { OverflowRules } from './overflow-rules.js';
import type { Procedures } from './procedures.js';
import type { MemoryContext } from './memory-context.js';
import type { RegionCode } from './region-code.js';
import type { Reports } from './reports.js';
import type { RunFunctions } from './run-functions.js';
import type { Selections } from './selection.js';
import type { FixedVariables } from './start.js';

/** What all functions of a package share. */
export interface PackageContext {
  readonly reports: Reports;
  readonly types: TypeTable;
  readonly constants: Constants;
  /** Storage of package variables. */
  readonly memory: ReadonlyMap<Variable, MemoryNode>;
  /** What a function of a machine package is: an operation, or a pure function of its arguments; null: nothing known. */
  readonly machineFunction: (machine: MachinePackage, called: MachineFunction) => MachineCallee | null;
  readonly annotations: StatementAnnotations;
  readonly escapes: Escapes;
  readonly order: EvaluationOrder;
  readonly regions: MemoryContext;
  readonly fixed: FixedVariables;
  /** Statements that make what has locks in it. */
  readonly makings: ReadonlyMap<GoStatement, Making>;
  readonly procedures: Procedures;
  readonly overflow: OverflowRules;
  /** Those that operations make. */
  readonly channels: LocalChannels;
  /** The steps of `select` statements. */
  readonly selections: Selections;
  readonly linked: Linked;
  /** The step that gives the boot function its arguments; null: it takes none. */
  readonly startArguments: MachineOperation | null;
  /** What is lowered. */
  readonly run: RunFunctions;
}

export type MachineCallee =
  | { readonly kind: 'operation'; readonly operation: MachineOperation }
  | { readonly kind: 'pure'; readonly apply: (operands: readonly Expression[]) => Expression };

/** The `//@` text of statements, read in the scope of the Go code around it. */
export interface StatementAnnotations {
  /** Annotations above a statement (what belongs to the enclosing loop or function is left out). */
  readonly before: (lowering: Lowering, statement: GoStatement) => LoopClauses;
  /** Checks the loop's clauses, with the loop's variables in scope. */
  readonly clauses: (lowering: Lowering, clauses: LoopClauses) => CheckedClauses;
  /** Clauses at the start of the body that belong to the loop. */
  readonly inBody: (body: Block) => LoopClauses;
  /** What `carries` above a statement says of each value of a channel that is made there; null: nothing. */
  readonly carried: (lowering: Lowering, statement: GoStatement, element: Type) => Carried | null;
  /** The invariant of a lock, of a family at an index; null: it has none. */
  readonly lockInvariant: (name: string, index: Expression | null) => Expression | null;
  /** `forall b :: b < counter ==> invariant(locks[b])` for each family of `bound` locks. */
  readonly lockInvariantsBelow: (counter: Expression, bound: Expression) => readonly Expression[];
  /** `forall name type :: body(name)`. */
  readonly forAll: (name: string, type: Type, body: (variable: Expression) => Expression) => Expression;
}

/** What holds of a value, as an expression that nothing changes. */
export type Carried = (value: Expression) => Expression;

/** Loop clauses as found, not yet checked: their scope begins inside the loop's initialiser. */
export interface LoopClauses {
  readonly annotations: readonly Annotation[];
}

export interface CheckedClauses {
  readonly invariants: readonly { readonly expression: Expression; readonly span: Span }[];
  readonly decreases: readonly Expression[] | null;
  readonly retry: boolean;
}

/** What a variable that a function literal shares was bound to when the literal was evaluated. */
export interface Scoped {
  readonly variable: Variable;
  readonly place: Place | null;
  readonly alias: Place | null;
  readonly value: Expression | null;
}

/** What a value of a function type may be. */
export interface FunctionValue {
  readonly signature: { readonly parameters: readonly GoType[]; readonly results: readonly GoType[] };
  readonly body:
    | {
        readonly kind: 'function';
        readonly function: FunctionDeclaration;
        readonly receiver: Argument | null;
        /** Of a function literal: the variables around it that it shares. */
        readonly scoped: readonly Scoped[] | null;
      }
    /** A method that is found from its receiver, which is the first argument if it is null here. */
    | {
        readonly kind: 'method';
        readonly reference: MethodReference;
        readonly receiver: Expression | null;
      };
  /** Evaluated at most once, or without anything around it: the value stands for one function only. */
  readonly once: boolean;
}

/** A pointer that a function only follows is the place that it points to, where that is known; anything else is a value. */
export type Argument =
  { readonly kind: 'alias'; readonly place: Place } | { readonly kind: 'value'; readonly value: Expression };

/** `procedure`: of a function that is verified on its own. */
export type CodeRole = 'operation' | 'procedure' | 'recovery' | 'initialisation' | 'boot';

/** Where a value lives. */
export type Place =
  | {
      readonly root: 'local';
      readonly local: number;
      readonly path: readonly PathElement[];
      readonly type: Type;
    }
  | { readonly root: 'memory'; readonly node: MemoryNode; readonly keys: readonly Expression[] }
  /** In an object of a region. */
  | {
      readonly root: 'region';
      /** A type of references into the region. */
      readonly reference: Type;
      readonly object: Expression;
      /** The position in the object; null: all of it, which is an array. */
      readonly index: Expression | null;
      readonly path: readonly PathElement[];
      readonly type: Type;
    }
  /** An entry of a map, which may not be there. */
  | {
      readonly root: 'entry';
      readonly map: MapPlace;
      readonly key: Expression;
      readonly type: Type;
    };

/** A map that is operated on: an object that a reference refers to, or what a package variable holds to which nothing else refers. */
export type MapPlace =
  | { readonly kind: 'object'; readonly reference: Expression }
  | { readonly kind: 'own'; readonly node: OwnMapNode; readonly keys: readonly Expression[] };

/** A call put off to the end of its function, with its operands evaluated. */
export interface Deferred {
  readonly source: InstructionBuilder['source'];
  /** The local that says whether the `defer` was reached; null: always, once it was lowered. */
  readonly flag: number | null;
  readonly run: () => void;
}

/** One function that is being lowered, the outermost or an inlined one. */
export interface Frame {
  readonly function: FunctionDeclaration;
  /** Locals that hold the results. */
  readonly results: readonly number[];
  /** Where `return` goes; null for the outermost function. */
  readonly exit: Label | null;
  readonly callers: readonly CallSite[];
  readonly deferred: Deferred[];
  /** Flags of the `defer`s that stand inside other statements. */
  readonly deferFlags: ReadonlyMap<GoStatement, number>;
  readonly jumps: Map<JumpTarget, { readonly leave: Label; readonly next: Label | null }>;
  /** Names visible in annotations, innermost last. */
  readonly scopes: Map<string, Variable>[];
  loopDepth: number;
  /** Results that are functions which are known: what every `return` gives; null: they differ. */
  readonly functions: (Expression | null)[];
}

export type LocalExpression = Extract<Expression, { kind: 'local' }>;

/** A loop over the entries of a map: locals that what changes the map meanwhile has to change. */
export interface MapLoop {
  /** The function that it stands in. */
  readonly frame: Frame;
  readonly map: Expression;
  /** Entries that were there at the beginning and are still to come. */
  readonly due: LocalExpression;
  /** For each key, whether its entry has been taken since it was made. */
  readonly taken: LocalExpression;
  /** At most so many rounds are left. */
  readonly left: LocalExpression;
  /** Whether no entry was made or deleted since the beginning. */
  readonly steady: LocalExpression;
}

/** The state of lowering one function with all that is inlined into it. */
export interface Lowering {
  readonly context: PackageContext;
  readonly builder: InstructionBuilder;
  readonly places: Map<Variable, Place>;
  readonly frames: Frame[];
  readonly role: CodeRole;
  readonly regions: RegionCode;
  /** Pointers that stand for a place that is known before the program runs. */
  readonly aliases: Map<Variable, Place>;
  /** Variables that hold a function that is known, or in an interface a value whose type is known. */
  readonly known: Map<Variable, Expression>;
  /** Function values that the code has met so far, by their number less one. */
  readonly functionValues: FunctionValue[];
  /** Calls of function values that are not known: what was known when they were lowered. */
  readonly openCalls: { readonly call: CallExpression; readonly known: number; readonly inLoop: boolean }[];
  /** Methods of what interfaces hold that are being called. */
  readonly dispatching: { readonly type: GoType; readonly method: string }[];
  /** What is known of values that channels carry, which are made here. */
  readonly carried: Map<ChannelNode, Carried>;
  /** What a `select` received, in its cases. */
  readonly received: Map<GoExpression, readonly [Expression, Expression]>;
  /** Loops over maps that are being lowered. */
  readonly mapLoops: MapLoop[];
  /** Loops over maps in which a lock is given up for a while. */
  readonly yieldingLoops: { readonly map: Type; readonly span: Span }[];
  /** Calls by contract in loops over maps. */
  readonly loopedCalls: { readonly map: Type; readonly procedure: string; readonly span: Span }[];
  /** Whether this is code for a type that the value in an interface may not have. */
  isOptional: boolean;
  /** Whether this is code of a goroutine. */
  isGoroutine: boolean;
  /** Whether this is what Go runs before everything else. */
  isStarting: boolean;
  /** What has locks in it and is made by now. */
  readonly made: Set<Making>;
  /** The value of an expression; emits its loads, checks and calls. */
  readonly value: (expression: GoExpression) => Expression;
  /** The value of a package variable that always has the same. */
  readonly fixedValue: (variable: Variable) => Expression | null;
  /** The parts of a tuple. */
  readonly parts: (tuple: GoExpression) => readonly Expression[];
  readonly place: (expression: GoExpression) => Place | null;
  readonly store: (place: Place, value: Expression, span: Span) => void;
  /** The results of a call; `into` asks for them in the given locals. */
  readonly call: (call: CallExpression, into: readonly (number | null)[] | null) => readonly Expression[];
  readonly block: (block: Block) => void;
  readonly statement: (statement: GoStatement) => void;
}

/** The innermost function. */
export function currentFrame(lowering: Lowering): Frame {
  const frame = lowering.frames.at(-1);
  if (frame === undefined) throw new Error('no function is being lowered');
  return frame;
}

/** Makes the variable visible to annotations. */
export function declareName(lowering: Lowering, variable: Variable): void {
  if (variable.name === '_') return;
  currentFrame(lowering).scopes.at(-1)?.set(variable.name, variable);
}

/** Runs `body` with its own scope of names. */
export function inScope(lowering: Lowering, body: () => void): void {
  const { scopes } = currentFrame(lowering);
  scopes.push(new Map());
  body();
  scopes.pop();
}
