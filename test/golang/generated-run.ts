import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSolver } from '../../src/encoding/index.js';
import type { Solver } from '../../src/encoding/index.js';
import { Choices, shrink } from './generator/choices.js';
import type { GeneratedProgram } from './generator/program.js';
import { generateProgram } from './generator/program.js';
import type { Features } from './generator/scope.js';
import { Random } from './random.js';
import { buildProgram } from './toolchain.js';
import { exploreWrapped, unprovedOf, wrappedSystem } from './wrapped.js';

/** A random program as data: the same choices and features give the same program. */
export interface Sample {
  readonly choices: readonly number[];
  readonly features: Features;
}

/** What the tool makes of a program whose result Go has told. */
type Judgement =
  | { readonly kind: 'agrees' }
  /** Refused by name, run but not proved, or not run to the end. */
  | { readonly kind: 'open'; readonly reason: string }
  | { readonly kind: 'disagrees'; readonly reason: string };

interface GeneratedFigures {
  programs: number;
  agrees: number;
  disagrees: number;
  /** Programs in which Go panics, among those that agree. */
  panics: number;
  readonly open: Record<string, number>;
}

interface GeneratedOptions {
  readonly count: number;
  readonly seed: number;
  /** Proves as well as runs. */
  readonly prove?: boolean;
  /** Only the basic constructs. */
  readonly basic?: boolean;
  readonly onProgress?: (figures: GeneratedFigures) => void;
  readonly onDisagreement?: (text: string) => void;
}

interface GeneratedRun {
  readonly figures: GeneratedFigures;
  readonly disagreements: readonly string[];
}

const BATCH = 250;

/** Compares the results of random programs under Go and under the tool; disagreements are made smaller. */
export async function compareGenerated(options: GeneratedOptions): Promise<GeneratedRun> {
  const random = new Random(options.seed);
  const figures: GeneratedFigures = { programs: 0, agrees: 0, disagrees: 0, panics: 0, open: {} };
  const disagreements: string[] = [];
  for (let done = 0; done < options.count; done += BATCH) {
    const size = Math.min(BATCH, options.count - done);
    const samples = Array.from({ length: size }, () => drawSample(random, options));
    const solver = options.prove === true ? newSolver() : null;
    try {
      const expected = goResults(samples.map((each, index) => programOf(each, `p${index}`)));
      for (const [index, sample] of samples.entries()) {
        const judgement = await judge(sample, expected[index] ?? '', solver);
        count(figures, judgement, expected[index] ?? '');
        if (judgement.kind !== 'disagrees') continue;
        const text = await shrunk(sample, judgement.reason, solver);
        disagreements.push(text);
        options.onDisagreement?.(text);
      }
    } finally {
      await solver?.close();
    }
    options.onProgress?.(figures);
  }
  return { figures, disagreements };
}

function newSolver(): Solver {
  return createSolver({ jobs: 2, rlimit: 5_000_000, timeoutSeconds: 20, seed: 0 });
}

function count(figures: GeneratedFigures, judgement: Judgement, expected: string): void {
  figures.programs += 1;
  if (judgement.kind === 'open') figures.open[judgement.reason] = (figures.open[judgement.reason] ?? 0) + 1;
  else figures[judgement.kind] += 1;
  if (judgement.kind === 'agrees' && expected.startsWith('panic')) figures.panics += 1;
}

/** A random sample. */
export function drawSample(
  random: Random,
  { prove, basic }: Pick<GeneratedOptions, 'prove' | 'basic'>,
): Sample {
  const some = (): boolean => basic !== true && random.chance(0.3);
  const features = {
    strings: some(),
    slices: some(),
    maps: some(),
    pointers: some(),
    closures: some(),
    interfaces: some(),
    loops: prove !== true,
    panics: random.chance(0.5),
  };
  const choices = new Choices([], random);
  generateProgram(choices, features, 'p');
  return { choices: choices.drawn, features };
}

/** The program that a sample stands for. */
export function programOf({ choices, features }: Sample, prefix: string): GeneratedProgram {
  return generateProgram(new Choices(choices), features, prefix);
}

/** What is said of a program that takes so much memory that it was ended. */
const OUT_OF_MEMORY = 'out of memory';

/** What Go says of each program: the number that it returns, `panic: ` and the reason, or that it ran out of memory. */
export function goResults(programs: readonly GeneratedProgram[]): readonly string[] {
  const directory = mkdtempSync(join(tmpdir(), 'armada-generated-'));
  const files = programs.map(({ declarations }, index) => ({
    name: `program${index}.go`,
    text: `package main\n\n${declarations}`,
  }));
  try {
    const binary = buildProgram(directory, [...files, { name: 'main.go', text: mainOf(programs) }]);
    const results: string[] = [];
    while (results.length < programs.length) {
      const { stdout, stderr } = spawnSync(binary, [String(results.length)], { encoding: 'utf8' });
      if (stdout === '') throw new Error(`a generated program printed nothing: ${stderr}`);
      results.push(...stdout.trimEnd().split('\n'));
    }
    return results;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs the programs from the one whose number is given on, to the end or to one that takes too much memory. */
function mainOf(programs: readonly GeneratedProgram[]): string {
  const runs = programs.map(({ run }) => `\t${run},`);
  return `package main

import (
	"fmt"
	"os"
	"runtime/metrics"
	"strconv"
	"time"
)

var runs = []func() uint64{
${runs.join('\n')}
}

func main() {
	first, _ := strconv.Atoi(os.Args[1])
	go watch()
	for _, run := range runs[first:] {
		tell(run)
	}
}

func tell(run func() uint64) {
	defer func() {
		if reason := recover(); reason != nil {
			fmt.Println("panic:", reason)
		}
	}()
	fmt.Println(run())
}

func watch() {
	total := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	for ; ; time.Sleep(5 * time.Millisecond) {
		metrics.Read(total)
		if total[0].Value.Uint64() > 1<<30 {
			fmt.Println("${OUT_OF_MEMORY}")
			os.Exit(0)
		}
	}
}
`;
}

/** Compares the tool with what Go says. */
export async function judge(sample: Sample, expected: string, solver: Solver | null): Promise<Judgement> {
  try {
    return await compared(sample, expected, solver);
  } catch (error) {
    const reason = `breaks: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return { kind: 'disagrees', reason };
  }
}

async function compared(sample: Sample, expected: string, solver: Solver | null): Promise<Judgement> {
  if (expected === OUT_OF_MEMORY) return { kind: 'open', reason: 'Go runs out of memory' };
  const { run, declarations } = programOf(sample, 'p');
  const panics = expected.startsWith('panic');
  const check = `func check() bool { return ${run}() == ${panics ? '0' : expected} }`;
  const text = `package program\n\n${declarations}\n${check}\n`;
  const call = { function: 'check', resultType: 'bool', right: 'true', wrong: 'false' };
  const loaded = await wrappedSystem(text, call);
  if (loaded.kind === 'refused') return { kind: 'open', reason: `refused: ${loaded.by.join(', ')}` };
  if (loaded.kind === 'rejected') {
    const messages = loaded.diagnostics.map(({ message, span }) => `${span?.start.line ?? 0}: ${message}`);
    return { kind: 'disagrees', reason: `rejected: ${messages.join('; ')}` };
  }
  const right = exploreWrapped(loaded.system, 'Right');
  const wrong = exploreWrapped(loaded.system, 'Wrong');
  if (right.kind === 'not explored') return { kind: 'open', reason: `not explored: ${right.reason}` };
  if (panics) {
    if (right.kind !== 'violation' || right.violation.kind !== 'panic') {
      return { kind: 'disagrees', reason: `Go says ${expected}, the interpreter does not panic` };
    }
    const reason = right.violation.message;
    if (panicKind(reason) !== panicKind(expected)) {
      return { kind: 'disagrees', reason: `Go says ${expected}, the interpreter: ${reason}` };
    }
  } else if (right.kind === 'violation') {
    return { kind: 'disagrees', reason: `Go says ${expected}, the interpreter: ${right.violation.message}` };
  } else if (wrong.kind !== 'violation' || wrong.violation.kind !== 'refinement') {
    return { kind: 'disagrees', reason: `Go says ${expected}, the interpreter does not return` };
  }
  if (solver === null) return { kind: 'agrees' };
  const unproved = await unprovedOf(loaded.system, 'Right', solver);
  const unprovedOfWrong = await unprovedOf(loaded.system, 'Wrong', solver);
  if (unprovedOfWrong.length === 0 || (panics && unproved.length === 0)) {
    return { kind: 'disagrees', reason: `Go says ${expected}, the prover proves something else` };
  }
  if (panics || unproved.length === 0) return { kind: 'agrees' };
  return { kind: 'open', reason: `not proved: ${unproved.join(', ')}` };
}

/** Go's words for a panic, and the tool's. */
function panicKind(text: string): string {
  if (/divide by zero|divisor/.test(text)) return 'division';
  if (/out of range|index|bounds/.test(text)) return 'bounds';
  if (/nil/.test(text)) return 'nil';
  if (/shift/.test(text)) return 'shift';
  return 'panic';
}

/** The smallest program found that still disagrees, readably. */
async function shrunk(sample: Sample, reason: string, solver: Solver | null): Promise<string> {
  const retried = async (choices: readonly number[]): Promise<Judgement & { readonly text: string }> => {
    const smaller = { ...sample, choices };
    const program = programOf(smaller, 'p');
    const [expected] = goResults([program]);
    return { ...(await judge(smaller, expected ?? '', solver)), text: program.declarations };
  };
  const isStillBad = async (choices: readonly number[]): Promise<boolean> => {
    try {
      return (await retried(choices)).kind === 'disagrees';
    } catch {
      // Go does not accept it.
      return false;
    }
  };
  const best = await shrink(sample.choices, isStillBad, 60);
  const result = await retried(best);
  const why = result.kind === 'disagrees' ? result.reason : reason;
  return `${why}\n${result.text}\n${JSON.stringify({ ...sample, choices: best })}`;
}
