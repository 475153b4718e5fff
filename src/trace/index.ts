export type { Change, Execution, Row, Violation } from './execution.js';
