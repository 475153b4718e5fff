import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { WARM_UP } from './warm-up.js';
import { type WorkerReply, type WorkerRequest, type WorkerSetup, workerMain } from './worker.js';

type OutputReply = Extract<WorkerReply, { kind: 'output' }>;

/** What came of one script; everything but an output is a failure of the solver. */
export type RawAnswer =
  OutputReply | { readonly kind: 'timeout' } | { readonly kind: 'broken'; readonly message: string };

interface Job {
  readonly request: WorkerRequest;
  readonly resolve: (answer: RawAnswer) => void;
}

interface Member {
  readonly worker: Worker;
  ready: boolean;
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** A worker whose solver holds more than this is replaced. */
const RECYCLE_BYTES = 600e6;
const MEMORY_MEGABYTES = 1500;
/** Without a working solver every start fails; then the scripts that wait are given up. */
const MAXIMUM_FAILED_STARTS = 3;

const solverPath = createRequire(import.meta.url).resolve('z3-solver/build/z3-built.js');

/** The solver's compiled code, once some thread has it: with it all starts but the first are cheap. */
let compiled: object | undefined;

/**
 * How much of the solver's code runs before the platform compiles a part of it again, with optimisation (a rough count
 * of bytes). The platform's own figure has it busy with that for a quarter of the time of a short proof.
 */
const OPTIMISATION_THRESHOLD = 250_000_000;
/** Releases of Node up to this are known to have the flags; one that has not would print an error. */
const LAST_KNOWN_NODE = 24;

/** Only what runs is checked and compiled, and it is optimised late. */
function setCompilerFlags(): void {
  if (Number.parseInt(process.versions.node, 10) > LAST_KNOWN_NODE) return;
  setFlagsFromString(`--wasm-tiering-budget=${OPTIMISATION_THRESHOLD}`);
  setFlagsFromString('--wasm-lazy-validation');
}

/** Worker threads with one solver each. Scripts are answered in any order, each as if it were the only one. */
export class Pool {
  private readonly members = new Set<Member>();
  private readonly queue: Job[] = [];
  private failedStarts = 0;
  private closed = false;
  private counter = 0;
  /** The most memory that any solver was seen to hold after a script. */
  memoryBytes = 0;

  constructor(
    private readonly jobs: number,
    private readonly timeoutSeconds: number,
  ) {
    this.start();
  }

  /** Asks for one script's verdict, and for the model of a `sat` if `model` is set. */
  run(script: string, model: boolean): Promise<RawAnswer> {
    return new Promise((resolve) => {
      this.queue.push({ request: { id: this.counter++, script, model }, resolve });
      this.dispatch();
    });
  }

  /** Ends all threads; what was not answered is answered as broken. */
  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.queue.splice(0)) job.resolve({ kind: 'broken', message: 'the solver was closed' });
    await Promise.all([...this.members].map((member) => this.discard(member, 'the solver was closed')));
  }

  /** Kills the threads as a crash of the solver would; what they were asked is answered as broken. For tests. */
  async killWorkers(): Promise<void> {
    await Promise.all([...this.members].map((member) => member.worker.terminate()));
  }

  private start(): void {
    if (compiled === undefined) setCompilerFlags();
    const setup: WorkerSetup = {
      solverPath,
      module: compiled,
      memoryMegabytes: MEMORY_MEGABYTES,
      warmUp: WARM_UP,
    };
    const worker = new Worker(`(${workerMain.toString()})(require)`, { eval: true, workerData: setup });
    const member: Member = { worker, ready: false, job: undefined, timer: undefined };
    this.members.add(member);
    worker.on('message', (reply: WorkerReply) => {
      this.receive(member, reply);
    });
    worker.on('error', (error: unknown) => {
      void this.discard(member, error instanceof Error ? error.message : String(error));
    });
    worker.on('exit', () => void this.discard(member, 'the solver thread ended'));
  }

  private receive(member: Member, reply: WorkerReply): void {
    if (reply.kind === 'broken') {
      void this.discard(member, reply.message);
      return;
    }
    if (reply.kind === 'compiled') {
      compiled = reply.module;
      // The second thread gets ready while the rest of this tool is loaded, too.
      if (!this.closed && this.members.size < Math.min(this.jobs, 2)) this.start();
    } else if (reply.kind === 'ready') {
      member.ready = true;
      this.failedStarts = 0;
    } else if (member.job?.request.id === reply.id) {
      this.memoryBytes = Math.max(this.memoryBytes, reply.memoryBytes);
      this.finish(member, reply);
      if (reply.memoryBytes > RECYCLE_BYTES) void this.discard(member, 'recycled');
    }
    this.dispatch();
  }

  private finish(member: Member, answer: RawAnswer): void {
    clearTimeout(member.timer);
    const { job } = member;
    member.job = undefined;
    member.worker.unref();
    job?.resolve(answer);
  }

  private async discard(member: Member, message: string): Promise<void> {
    if (!this.members.delete(member)) return;
    if (!member.ready && !this.closed) this.startFailed(message);
    this.finish(member, { kind: 'broken', message });
    await member.worker.terminate();
    this.dispatch();
  }

  private startFailed(message: string): void {
    if (++this.failedStarts < MAXIMUM_FAILED_STARTS) return;
    for (const job of this.queue.splice(0)) job.resolve({ kind: 'broken', message });
  }

  private dispatch(): void {
    if (this.closed) {
      for (const job of this.queue.splice(0))
        job.resolve({ kind: 'broken', message: 'the solver was closed' });
      return;
    }
    for (const member of this.members) {
      if (member.ready && !member.job) this.assign(member);
    }
    const unready = [...this.members].filter((member) => !member.ready).length;
    // The first thread compiles for all.
    const most = compiled === undefined ? 1 : this.jobs;
    const wanted = Math.min(this.queue.length - unready, most - this.members.size);
    for (let count = 0; count < wanted; count++) this.start();
    for (const member of this.members) {
      if (member.job || (!member.ready && this.queue.length > 0)) member.worker.ref();
      else member.worker.unref();
    }
  }

  private assign(member: Member): void {
    const job = this.queue.shift();
    if (!job) return;
    member.job = job;
    member.timer = setTimeout(() => {
      this.finish(member, { kind: 'timeout' });
      void this.discard(member, 'timeout');
    }, this.timeoutSeconds * 1000);
    member.worker.postMessage(job.request);
  }
}
