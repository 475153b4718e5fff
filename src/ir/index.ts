export * from './type.js';
export * from './procedure.js';
export * from './expression.js';
export * from './statement.js';
export * from './code.js';
export * from './left-behind.js';
export * from './system.js';
export * from './show.js';
