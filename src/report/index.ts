export { type Palette, PLAIN, type ReportContext } from './palette.js';
export { renderDiagnostics } from './diagnostic.js';
export { renderExecution } from './execution.js';
export { DEADLOCK_ID, renderFailures } from './failure.js';
export { renderJson } from './json.js';
export { renderPretty } from './pretty.js';
export { renderSystem } from './system.js';
export { renderExploration } from './exploration.js';
