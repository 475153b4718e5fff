import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPackageSources } from '../../src/go/index.js';
import { standardPackage, standardPaths } from '../../src/lower/standard.js';
import { missing } from '../tools.js';
import { ROOT, runGo } from './toolchain.js';

const skipped = missing('go');

describe('the sources of the library', () => {
  it.skipIf(skipped !== null)(skipped ?? 'do what those of Go do', { timeout: 120_000 }, () => {
    expect(runGo(['vet', './library/...', './machine/...'])).toBe('');
    expect(runGo(['test', './library/...', './machine/...'])).not.toContain('FAIL');
  });

  it.each(standardPaths())('of %s are tested against them', (path) => {
    const tests = readFileSync(
      join(ROOT, 'library', path, `${path.split('/').at(-1) ?? ''}_test.go`),
      'utf8',
    );
    expect(tests).toContain(`real "${path}"`);
    expect(tests).toMatch(/^func TestSameAsGo\(/m);
  });

  it.each(standardPaths())('of %s have no function literals, which reports would show', (path) => {
    const sources = readPackageSources(standardPackage(path)?.directory ?? '');
    const texts = sources.ok ? sources.value.map(({ text }) => text) : [];
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.join('\n')).not.toMatch(/^(?!func ).*\bfunc\(/m);
  });
});
