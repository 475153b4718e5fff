export type { Access, Change, Execution, Row, Violation } from './execution.js';
