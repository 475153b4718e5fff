/**
 * The Go front end: reads, parses and type-checks a package of the Go subset and attaches its `//@` annotations.
 *
 *     const sources = readPackageSources(directory);
 *     if (sources.ok) {
 *       const loaded = await loadPackage(directory, sources.value, (path) => ...);
 *     }
 *
 * The result is a tree in which every name is resolved and every expression has its type and, if it is one, its constant value.
 */
export type * from './ast.js';
export type * from './expression.js';
export type * from './import.js';
export * from './type.js';
export * from './parts.js';
export { stringBytes } from './text.js';
export { isExported } from './exported.js';
export { identicalTypes } from './type-identity.js';
export { containsLock, isComparable } from './type-set.js';
export { showGoType } from './type-text.js';
export { ERROR, isError } from './universe.js';
export { atomicValue } from './sync-methods.js';
export { loadPackage } from './load.js';
export { isSentinel } from './sentinel.js';
export type { MethodSets } from './method-sets.js';
export { readPackageSources } from './read.js';
export type { GoSource } from './read.js';
export { REFUSALS, UNVERIFIED } from './refusals.js';
export type { Refusal, RefusalName, UnverifiedName } from './refusals.js';
