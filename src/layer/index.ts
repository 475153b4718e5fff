export * from './syntax.js';
export * from './scope.js';
export * from './instance.js';
export { parseLayerFile } from './layer-parser.js';
export { parseAnnotations } from './annotation-parser.js';
export { checkExpression, inferExpression, inferMeasure } from './checker.js';
export { resolveType } from './types.js';
export { instantiateLayer, layerParameters } from './instantiate.js';
export { createLibrary, type LayerLibrary } from './library.js';
