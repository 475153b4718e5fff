export { findPackages } from './find.js';
export { readLibrary } from './library.js';
export type { LoadOptions } from './load.js';
export { defaultLayerPath, loadSystem } from './load.js';
export { importResolver } from './machine.js';
export { lowerPackage } from './package.js';
