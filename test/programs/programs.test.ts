import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countExamples, countLines } from '../../scripts/count-annotations.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The text of the only Go file of a package folder. */
function source(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.go'));
  expect(files, folder).toHaveLength(1);
  return readFileSync(join(folder, String(files[0])), 'utf8');
}

describe('annotation lines', () => {
  it.each(countExamples(ROOT))('$name: $annotations lines, $budget allowed', (example) => {
    expect(example.tooLong).toEqual([]);
    expect(example.annotations).toBeGreaterThan(0);
    expect(example.annotations).toBeLessThanOrEqual(example.budget);
  });

  it('counts both spellings, trailing ones, and only comments', () => {
    const text = [
      'package p //@ one',
      '// @ two',
      '//@',
      '//  @ not an annotation',
      's := "//@ no" + `',
      '//@ no',
      '` // no //@ no',
      '/* //@ no',
      '//@ no */ x() //@ three',
      '\t//@ four',
    ].join('\n');
    expect(countLines(text)).toEqual({ annotations: 4, goLines: 5, tooLong: [] });
  });

  it('reports annotation lines that are too long', () => {
    const text = `//@ ${'x'.repeat(106)}\n//@ ${'x'.repeat(107)}\n// ${'x'.repeat(200)}\n`;
    expect(countLines(text).tooLong).toEqual([2]);
  });
});

describe('mutants', () => {
  const mutants = readdirSync(join(ROOT, 'test/mutants')).flatMap((system) =>
    readdirSync(join(ROOT, 'test/mutants', system)).map((name) => ({ system, name })),
  );

  it('are at least 30', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(30);
  });

  it.each(mutants)('$system/$name says what is wrong and what to expect where', ({ system, name }) => {
    const text = source(join(ROOT, 'test/mutants', system, name));
    const original = readFileSync(join(ROOT, 'examples', system, `${system}.go`), 'utf8');
    expect(text).toMatch(/^\/\/ Mutant: .+\.\n\/\/ Expect: (refuted|unproved)\n\n/);
    expect(text).toMatch(/\/\/ want: \S/);
    expect(text.replaceAll(/\s*\/\/ want: .*/g, '')).not.toContain(original);
  });
});

describe('odd programs', () => {
  const names = readdirSync(join(ROOT, 'test/odd'));

  it('are at least 6', () => {
    expect(names.length).toBeGreaterThanOrEqual(6);
  });

  it.each(names)('%s says what is odd', (name) => {
    expect(source(join(ROOT, 'test/odd', name))).toMatch(/^\/\/ Odd: .+\.\n\/\/ Expect: proved\n\n/);
  });
});
