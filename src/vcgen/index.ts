export type {
  Countermodel,
  GhostChoice,
  NamedValue,
  Obligation,
  ObligationCode,
  ProofReport,
} from './obligation.js';
export type { Access } from './accesses.js';
export { racingAccesses } from './accesses.js';
export type { ProveOptions } from './prove.js';
export { prove } from './prove.js';
export { UnsupportedByProver } from './symbolic-domain.js';
