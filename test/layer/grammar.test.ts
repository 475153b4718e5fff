import { describe, expect, it } from 'vitest';
import { AnnotationParser } from '../../src/layer/annotation-parser.js';
import { LayerParser } from '../../src/layer/layer-parser.js';

describe('the grammars', () => {
  it('have no ambiguities, no left recursion and no rule of the same name twice', () => {
    expect(() => new LayerParser(true)).not.toThrow();
    expect(() => new AnnotationParser(true)).not.toThrow();
  });
});
