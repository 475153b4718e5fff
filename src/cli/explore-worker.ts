import { parentPort, workerData } from 'node:worker_threads';
import { explore } from '../explore/index.js';
import type { System } from '../ir/index.js';

/** What a search in a thread of its own is given. Systems are plain data, so that they can be handed over. */
export interface SearchRequest {
  readonly system: System;
  readonly budgetMs: number;
}

const { system, budgetMs } = workerData as SearchRequest;
parentPort?.postMessage(explore(system, { budgetMs }));
