import type { Choices } from './choices.js';
import type { StructType, Type } from './types.js';
import { sameType } from './types.js';

/** Constructs beside the basic ones that a program may use. */
export interface Features {
  readonly strings: boolean;
  readonly slices: boolean;
  readonly maps: boolean;
  readonly pointers: boolean;
  readonly closures: boolean;
  readonly interfaces: boolean;
  readonly loops: boolean;
  /** Statements that may panic. */
  readonly panics: boolean;
}

export interface Variable {
  readonly name: string;
  readonly type: Type;
  readonly assignable: boolean;
  /** A slice whose capacity the language determines: it never comes from `append`. */
  readonly fixed: boolean;
}

/** A function that was generated before and may be called. */
export interface Callable {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly results: readonly Type[];
  /** How much work a call is. */
  readonly weight: number;
  /** Changes variables around it, so it is called in a statement of its own. */
  readonly impure: boolean;
}

/** What is visible at some place of a program. */
export interface Scope {
  readonly variables: readonly Variable[];
  readonly callables: readonly Callable[];
}

/** What the parts of one program share. */
export class ProgramState {
  private names = 0;
  /** How much may still be written. */
  fuel: number;
  /** Whether the statement at hand may still have a part that may panic. */
  mayPanic = false;
  /** The weight of the function at hand. */
  weight = 0;
  /** Runs of the place at hand for each run of the function. */
  repetition = 1;

  constructor(
    readonly choices: Choices,
    readonly features: Features,
    /** Begins every name at package level. */
    readonly prefix: string,
    readonly structs: StructType[],
    fuel: number,
  ) {
    this.fuel = fuel;
  }

  fresh(base: string): string {
    this.names += 1;
    return `${base}${this.names}`;
  }
}

/** The variables that their names refer to: the last of each name. */
export function visible(scope: Scope, isWanted: (variable: Variable) => boolean): readonly Variable[] {
  const byName = new Map(scope.variables.map((each) => [each.name, each]));
  return [...byName.values()].filter(isWanted);
}

export function ofType(scope: Scope, type: Type): readonly Variable[] {
  return visible(scope, (each) => sameType(each.type, type));
}

export function withVariables(scope: Scope, ...variables: readonly Variable[]): Scope {
  return { ...scope, variables: [...scope.variables, ...variables] };
}
