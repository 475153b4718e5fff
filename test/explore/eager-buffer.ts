import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../src/base/diagnostic.js';
import { crashOutcomes, sectionOutcomes } from '../../src/explore/outcomes.js';
import { Program } from '../../src/explore/program.js';
import type { Value } from '../../src/explore/value.js';
import { asInteger, asMap, keyOfAll, mapGet, zeroOf } from '../../src/explore/value.js';
import { UINT64 } from '../../src/ir/index.js';
import { createLibrary, FreshNames, instantiateLayer, parseLayerFile } from '../../src/layer/index.js';
import { initialLocals } from '../../src/semantics/index.js';
import { layer, system } from './systems.js';

/** What is done to a disk, one thing after the other. */
export type Action =
  | { readonly kind: 'Read'; readonly address: number }
  | { readonly kind: 'Write'; readonly address: number; readonly value: number }
  | { readonly kind: 'Barrier' }
  | { readonly kind: 'crash' };

/** One thing that a disk may have done: what the reads so far returned, and its state. */
interface Run<S> {
  readonly results: string;
  readonly state: S;
}

/** A disk with a write buffer, as a transition system over states of some kind. */
export interface Model<S> {
  readonly initial: S;
  key(state: S): string;
  /** Every way in which an action can go; none if it has to wait. */
  step(state: S, action: Action): readonly { readonly state: S; readonly result: number | null }[];
  /** The contents of a state right after a crash. */
  contents(state: S): string;
}

/** Everything that a model may have done by the end of a history, of which the runs so far are given. */
export function afterAction<S>(model: Model<S>, runs: readonly Run<S>[], action: Action): readonly Run<S>[] {
  const found = new Map<string, Run<S>>();
  for (const { results, state } of runs) {
    for (const outcome of model.step(state, action)) {
      const run = {
        state: outcome.state,
        results: outcome.result === null ? results : `${results} ${outcome.result}`,
      };
      found.set(`${run.results}/${model.key(run.state)}`, run);
    }
  }
  return [...found.values()];
}

/** What can be seen of the runs: the results of reads, and for each what a crash at the end may leave. */
export function observations<S>(model: Model<S>, runs: readonly Run<S>[]): readonly string[] {
  const seen = runs.flatMap(({ results, state }) => [
    results,
    ...model.step(state, { kind: 'crash' }).map((after) => `${results} | ${model.contents(after.state)}`),
  ]);
  return [...new Set(seen)].sort();
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
}

const LAYER = fileURLToPath(new URL('../../specs/machine/buffered_disk.layer', import.meta.url));

/** The machine layer as the explorer runs it; `change` is made to its text first. */
export function eagerDisk(size: number, change: (text: string) => string): Model<readonly Value[]> {
  const text = change(readFileSync(LAYER, 'utf8'));
  const library = valueOf(createLibrary(valueOf(parseLayerFile(LAYER, text))));
  const declaration = library.byName('BufferedDisk');
  if (declaration === null) throw new Error('the file has no such layer');
  const instance = valueOf(
    instantiateLayer(declaration, {
      arguments: [{ kind: 'value', expression: { kind: 'literal', type: UINT64, value: BigInt(size) } }],
      side: 'machine',
      origin: 'layer',
      statePrefix: '',
      operationPrefix: '',
      names: new FreshNames(),
      index: [],
    }),
  );
  const { state, transitions: machine } = instance;
  const program = new Program(
    system(
      { state, machine, machineOperations: instance.operations.map(layer), specificationOperations: [] },
      {},
    ),
    { threads: 1, operations: 1, crashes: 1, parameters: {}, values: 2 },
  );
  const contents = (values: readonly Value[]): string => {
    const cur = asMap(values[program.machine.index.get('cur') ?? -1] ?? false);
    return Array.from({ length: size }, (_, address) => asInteger(mapGet(cur, BigInt(address)))).join(' ');
  };
  return {
    initial: program.machine.variables.map(({ type }) => zeroOf(type)),
    key: keyOfAll,
    contents,
    step(values, action) {
      if (action.kind === 'crash') {
        return crashOutcomes(program, program.machine, values).map((after) => ({
          state: after.state,
          result: null,
        }));
      }
      const operation = program.operation(action.kind);
      const args = argumentsOf(action);
      const locals = initialLocals(program.domain, operation, args);
      return sectionOutcomes(program, program.machine, values, operation, 0, locals).map((outcome) => {
        if (outcome.kind === 'undefined' || outcome.results === null)
          throw new Error('not a whole operation');
        const [result] = outcome.results;
        return { state: outcome.state, result: result === undefined ? null : Number(asInteger(result)) };
      });
    },
  };
}

function argumentsOf(action: Exclude<Action, { kind: 'crash' }>): readonly Value[] {
  switch (action.kind) {
    case 'Read':
      return [BigInt(action.address)];
    case 'Write':
      return [BigInt(action.address), BigInt(action.value)];
    case 'Barrier':
      return [];
  }
}

/** For each block what it had at the last barrier and every write since, the oldest first. */
type Buffered = readonly (readonly number[])[];

/** A disk with a buffer of all writes since the last barrier; a crash picks one for each block. */
export function plainDisk(size: number): Model<Buffered> {
  return {
    initial: Array.from({ length: size }, () => [0]),
    key: (state) => JSON.stringify(state),
    contents: (state) => state.map((writes) => String(writes.at(-1))).join(' '),
    step(state, action) {
      switch (action.kind) {
        case 'Read':
          return [{ state, result: state[action.address]?.at(-1) ?? null }];
        case 'Write': {
          const writes = [...(state[action.address] ?? []), action.value];
          return [{ state: state.with(action.address, writes), result: null }];
        }
        case 'Barrier':
          return [{ state: state.map((writes) => writes.slice(-1)), result: null }];
        case 'crash':
          return state
            .reduce<readonly Buffered[]>(
              (left, writes) => left.flatMap((blocks) => writes.map((value) => [...blocks, [value]])),
              [[]],
            )
            .map((after) => ({ state: after, result: null }));
      }
    },
  };
}
