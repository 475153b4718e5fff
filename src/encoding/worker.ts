/** The part of the platform's WebAssembly interface that is used; the `types` of Node leave it out. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<SolverInstance>;
};

interface SolverTable {
  readonly length: number;
  get(index: number): unknown;
}

interface SolverInstance {
  readonly exports: { readonly __indirect_function_table: SolverTable };
}

/** One question to a worker. */
export interface WorkerRequest {
  readonly id: number;
  /** Options and script, before `check-sat`. */
  readonly script: string;
  /** Whether a model is wanted after `sat`: printing one takes as long as finding it. */
  readonly model: boolean;
}

/** What a worker says: that it is ready, the code that it has compiled, what the solver printed, or that the solver broke. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'compiled'; readonly module: object }
  | {
      readonly kind: 'output';
      readonly id: number;
      /** What `check-sat` printed. */
      readonly verdict: string;
      /** The model after `sat` if it was wanted, the reason after `unknown`. */
      readonly detail: string;
      readonly rlimit: string;
      readonly ms: number;
      readonly memoryBytes: number;
    }
  | { readonly kind: 'broken'; readonly message: string };

/** What a worker is started with. */
export interface WorkerSetup {
  readonly solverPath: string;
  /** The solver's compiled code; without it the worker compiles it, and sends it. */
  readonly module: object | undefined;
  readonly memoryMegabytes: number;
  /** Scripts to run before the thread says that it is ready: the platform compiles what is used on its first use. */
  readonly warmUp: readonly string[];
}

/** The parts of the emscripten module that are used; the synchronous entry point needs no second thread. */
interface SolverModule {
  _Z3_mk_config(): number;
  _Z3_mk_context(config: number): number;
  _Z3_del_context(context: number): void;
  _Z3_get_estimated_alloc_size(): bigint;
  _set_noop_error_handler(context: number): void;
  ccall(name: string, result: string, types: readonly string[], values: readonly (number | string)[]): string;
}

type Instantiate = (imports: object, done: (instance: object, module: object) => void) => object;
type InitializeSolver = (options: { instantiateWasm: Instantiate }) => Promise<SolverModule>;

/**
 * The body of a worker thread. It is started from its own text, so it may refer to nothing but its argument and the
 * platform. Every question gets a fresh context: with push/pop or reset, what the solver does depends on the
 * questions before (the resource count of a repeated question differs).
 */
export function workerMain(load: (id: string) => unknown): void {
  const threads = load('node:worker_threads') as typeof import('node:worker_threads');
  const fs = load('node:fs') as typeof import('node:fs');
  const setup = threads.workerData as WorkerSetup;
  const port = threads.parentPort;
  const send = (reply: WorkerReply): void => port?.postMessage(reply);
  const fail = (error: unknown): void => {
    send({ kind: 'broken', message: error instanceof Error ? error.message : String(error) });
  };

  const answer = (solver: SolverModule, config: number, request: WorkerRequest): WorkerReply => {
    const start = performance.now();
    const context = solver._Z3_mk_context(config);
    solver._set_noop_error_handler(context);
    const run = (text: string): string =>
      solver.ccall('Z3_eval_smtlib2_string', 'string', ['number', 'string'], [context, text]).trim();
    const verdict = run(`${request.script}\n(push 1)\n(check-sat)`);
    let detail = '';
    if (verdict === 'sat' && request.model) detail = run('(get-model)');
    else if (verdict === 'unknown') detail = run('(get-info :reason-unknown)');
    const rlimit = run('(get-info :rlimit)');
    solver._Z3_del_context(context);
    const memoryBytes = Number(solver._Z3_get_estimated_alloc_size());
    const ms = performance.now() - start;
    return { kind: 'output', id: request.id, verdict, detail, rlimit, ms, memoryBytes };
  };

  // The solver's glue checks its own copy of the table at every indirect call, and a look into the real one costs more
  // than the call. The table does not change once the module is there: the glue adds no functions.
  const memoised = (instance: SolverInstance): object => {
    const table = instance.exports.__indirect_function_table;
    // With its length set at once the platform keeps it as an array; an entry far behind the others makes it a hash table.
    const functions: unknown[] = new Array(table.length);
    return { get: (index: number): unknown => (functions[index] ??= table.get(index)) };
  };

  const initialize = load(setup.solverPath) as InitializeSolver;
  const start = async (): Promise<void> => {
    let { module } = setup;
    if (module === undefined) {
      module = await WebAssembly.compile(fs.readFileSync(setup.solverPath.replace(/\.js$/, '.wasm')));
      send({ kind: 'compiled', module });
    }
    const code = module;
    const instantiateWasm: Instantiate = (imports, done) => {
      WebAssembly.instantiate(code, imports).then((instance) => {
        done({ exports: { ...instance.exports, __indirect_function_table: memoised(instance) } }, code);
      }, fail);
      return {};
    };
    const solver = await initialize({ instantiateWasm });
    const limit = String(setup.memoryMegabytes);
    solver.ccall('Z3_global_param_set', 'null', ['string', 'string'], ['memory_max_size', limit]);
    const config = solver._Z3_mk_config();
    port?.on('message', (request: WorkerRequest) => {
      try {
        send(answer(solver, config, request));
      } catch (error) {
        fail(error);
      }
    });
    for (const script of setup.warmUp) answer(solver, config, { id: -1, script, model: false });
    send({ kind: 'ready' });
  };
  start().catch(fail);
}
