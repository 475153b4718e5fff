import type { Diagnostic } from '../base/diagnostic.js';
import type { Execution } from '../trace/index.js';
import type { ExplorationSummary } from './run.js';

/** What `explore` says of some packages; its JSON form is what `explore --format json` prints. */
export interface ExplorationRun {
  readonly schema: 'armada-verify/exploration/1';
  readonly tool: { readonly name: string; readonly version: string };
  readonly packages: readonly PackageExploration[];
  readonly diagnostics: readonly Diagnostic[];
  readonly ms: number;
}

export interface PackageExploration {
  readonly path: string;
  readonly refines: string;
  readonly over: string;
  readonly exploration: ExplorationSummary;
  /** The shortest violation found, replayed; absent where there is none within the bounds. */
  readonly trace?: Execution;
}
