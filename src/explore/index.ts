export type { Bounds, ExploreOptions, ExploreResult, ExploreStatistics, ReplayResult } from './bounds.js';
export { largestBounds, showBounds } from './bounds.js';
export { explore, exploreBounds } from './explore.js';
export { largeFixedSize } from './fixed-size.js';
export { replay } from './replay.js';
