export { findPackages } from './find.js';
export type { LoadOptions } from './load.js';
export { loadSystem } from './load.js';
export { importResolver } from './machine.js';
export { lowerPackage } from './package.js';
