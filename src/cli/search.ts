import { Worker } from 'node:worker_threads';
import type { ExploreResult } from '../explore/index.js';
import type { System } from '../ir/index.js';
import type { SearchRequest } from './explore-worker.js';

const STOPPED: ExploreResult = {
  kind: 'none',
  exhausted: [],
  unfinished: null,
  statistics: { states: 0, transitions: 0, ms: 0 },
};

/**
 * Explores a system in a thread of its own, so that signals, progress and other packages' proofs are attended to meanwhile.
 * Finds nothing when the signal is aborted. Run from TypeScript source, where threads cannot be started, it searches in this thread.
 */
export async function searchInThread(
  system: System,
  budgetMs: number,
  signal?: AbortSignal,
): Promise<ExploreResult> {
  if (signal?.aborted === true) return STOPPED;
  if (import.meta.url.endsWith('.ts')) {
    const { explore } = await import('../explore/index.js');
    return explore(system, { budgetMs });
  }
  const request: SearchRequest = { system, budgetMs };
  const worker = new Worker(new URL('./explore-worker.js', import.meta.url), { workerData: request });
  return new Promise<ExploreResult>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(new Error('the search ended without a result'));
    });
    const stop = (): void => {
      resolve(STOPPED);
      void worker.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
  });
}
