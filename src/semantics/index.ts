export type { Domain, Environment } from './domain.js';
export { evaluate } from './evaluate.js';
export type { Driver, SectionOutcome } from './execute.js';
export { Abandoned, executeSection, initialLocals } from './execute.js';
export type { LocalDriver, Stop } from './advance.js';
export { advance, evaluateLocal } from './advance.js';
export { closedValue, executeCrash, initialValue } from './crash.js';
