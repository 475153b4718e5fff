export { EXIT, type ExitStatus, exitStatus } from './exit-status.js';
export type { ExplorationRun, PackageExploration } from './exploration.js';
export { SCHEMA } from './run.js';
export { displayPath } from '../base/display-path.js';
export type {
  AccessVerdict,
  ExplorationSummary,
  Location,
  ObligationVerdict,
  PackageVerdict,
  RunSettings,
  Verdict,
  VerificationRun,
} from './run.js';
export {
  loadPackages,
  type Exploration,
  type Progress,
  type Stages,
  verifyPackages,
  type VerifyOptions,
} from './verify.js';
