import type { Comparison, Subject } from './compare.js';
import { compareWithGo } from './compare.js';
import { mutate } from './mutate.js';
import { Random } from './random.js';
import {
  checkerPrograms,
  declarationsOf,
  generatedPrograms,
  ownPrograms,
  smallPrograms,
  suitePrograms,
} from './subjects.js';

export interface Figures {
  accepted: number;
  rejected: number;
  refused: number;
  disagree: number;
  /** Expressions and names whose type and value were compared. */
  compared: number;
}

export interface ComparisonRun {
  readonly figures: Figures;
  readonly disagreements: readonly Comparison[];
}

interface Listener {
  readonly onProgress?: (figures: Figures) => void;
  readonly onDisagreement?: (comparison: Comparison) => void;
}

const BATCH = 500;

/** Everything that there is to compare. */
export async function allSubjects(): Promise<readonly Subject[]> {
  // The packages behind machines use Go that their layers say nothing of.
  const own = ownPrograms().filter(({ name }) => !name.startsWith('machine/'));
  const whole = [...own, ...suitePrograms(), ...checkerPrograms()];
  return [...smallPrograms(), ...generatedPrograms(500, 1), ...whole, ...(await declarationsOf(whole))];
}

/** Compares what Go and the tool say of the subjects. */
export function compareUnchanged(subjects: readonly Subject[], listener: Listener): Promise<ComparisonRun> {
  return compareBatches(subjects.length, (index) => subjects[index], listener);
}

/** Changes random subjects a little and compares what Go and the tool say of the results. */
export function compareMutations(
  subjects: readonly Subject[],
  options: Listener & { readonly count: number; readonly seed: number },
): Promise<ComparisonRun> {
  const random = new Random(options.seed);
  return compareBatches(options.count, () => mutation(random, random.pick(subjects)), options);
}

async function compareBatches(
  count: number,
  subject: (index: number) => Subject | undefined,
  listener: Listener,
): Promise<ComparisonRun> {
  const figures = { accepted: 0, rejected: 0, refused: 0, disagree: 0, compared: 0 };
  const disagreements: Comparison[] = [];
  for (let done = 0; done < count; done += BATCH) {
    const size = Math.min(BATCH, count - done);
    const some = Array.from({ length: size }, (_value, index) => subject(done + index));
    for (const each of await compareWithGo(some.filter((given) => given !== undefined))) {
      figures[each.outcome] += 1;
      figures.compared += each.compared;
      if (each.outcome !== 'disagree') continue;
      disagreements.push(each);
      listener.onDisagreement?.(each);
    }
    listener.onProgress?.(figures);
  }
  return { figures, disagreements };
}

function mutation(random: Random, { name, files }: Subject): Subject {
  const changed = random.below(files.length);
  return {
    name,
    files: files.map((file, index) =>
      index === changed ? { ...file, text: mutate(random, file.text) } : file,
    ),
  };
}

/** A comparison for people to read. */
export function present({ subject, problems }: Comparison): string {
  return [subject.name, ...problems, ...subject.files.map(({ text }) => text)].join('\n');
}
