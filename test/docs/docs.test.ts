import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusalsTable, withTable, withUnverifiedTable } from '../../scripts/refusals-doc.mjs';
import { libraryTable, withLibrary } from '../../scripts/library-doc.mjs';
import { REFUSALS, UNVERIFIED } from '../../src/go/index.js';
import { createLibrary, parseLayerFile } from '../../src/layer/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { allPages, anchors, codeBlocks, readPage, relativeLinks, ROOT, type Page } from './pages.js';

const pages = allPages();

describe('links', () => {
  it.each(pages.map((page) => [page.path, page] as const))('of %s resolve', (_path, page) => {
    expect(relativeLinks(page).filter((target) => !resolves(page, target))).toEqual([]);
  });

  it('that lead nowhere are noticed', () => {
    const page: Page = { path: 'docs/x.md', text: '# A b\n[x](nowhere.md) [y](#a-b) [z](#c) `[](q.md)`' };
    expect(relativeLinks(page).filter((target) => !resolves(page, target))).toEqual(['nowhere.md', '#c']);
  });
});

function resolves(page: Page, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page.path : posix.join(dirname(page.path), path);
  if (path !== '' && !existsSync(join(ROOT, file))) return false;
  if (anchor === undefined) return true;
  return anchors(path === '' ? page : readPage(file)).has(anchor);
}

describe('errors.md', () => {
  const entries = new Set(
    [...readPage('docs/errors.md').text.matchAll(/^\|((?: *`[\w-]+`)+) *\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([\w-]+)`/g)].map(([, code]) => code),
    ),
  );

  it.each([
    ['src/base/diagnostic.ts', 'DiagnosticCode'],
    ['src/vcgen/obligation.ts', 'ObligationCode'],
  ])('has an entry for every code of %s', (file, name) => {
    const codes = casesOf(file, name);
    expect(codes.length).toBeGreaterThan(5);
    expect(codes.filter((code) => !entries.has(code))).toEqual([]);
  });
});

/** The cases of a union of string literals. */
function casesOf(file: string, name: string): readonly string[] {
  const declaration = new RegExp(`^export type ${name} =([^;]*);`, 'm').exec(
    readPage(file).text.replace(/\/\/.*$/gm, ''),
  );
  return [...(declaration?.[1] ?? '').matchAll(/'([\w-]+)'/g)].map(([, code = '']) => code);
}

describe('samples', () => {
  it.each(['docs/layers.md', 'docs/tutorial.md'])('layers of %s parse and type-check', (path) => {
    const blocks = codeBlocks(readPage(path), 'layer');
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) {
      const parsed = parseLayerFile(path, block);
      expect(parsed).toMatchObject({ ok: true });
      if (parsed.ok) expect(createLibrary(parsed.value)).toMatchObject({ ok: true });
    }
  });

  it('the package of the tutorial is accepted, before and after it is annotated', async () => {
    const [code = '', recover = '', size = '', guards = '', , crashInvariant = ''] = codeBlocks(
      readPage('docs/tutorial.md'),
      'go',
    );
    await expectAccepted(code);
    const annotated = code
      .replace('//@ recovery\nfunc Recover() {}\n', recover)
      .replace('const Size uint64 = 1000\n', size)
      .replace('var locks [Size]sync.Mutex\n', `${guards}\n${crashInvariant}`);
    for (const part of [recover, size, guards, crashInvariant]) expect(annotated).toContain(part);
    await expectAccepted(annotated);
  });
});

async function expectAccepted(code: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'armada-docs-'));
  try {
    writeFileSync(join(folder, 'mirror.go'), code);
    expect(await loadSystem(folder)).toMatchObject({ ok: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('annotations.md', () => {
  it('names every annotation', () => {
    const { text } = readPage('docs/annotations.md');
    const kinds = casesOf('src/layer/syntax.ts', 'DirectiveWord');
    const words = kinds.map((kind) => (kind === 'initialisation' ? 'init' : kind));
    const others = ['refines', 'op', 'parameter', 'guards', 'crash invariant', 'invariant', 'abstraction'];
    for (const word of [...words, ...others, 'guarantee', 'decreases', 'assert', 'assume']) {
      expect(text).toMatch(new RegExp(`\`(?:mu )?${word}\\b`));
    }
  });
});

describe('go-subset.md', () => {
  it('lists what the front end refuses; after a change run scripts/refusals-doc.mjs', () => {
    const { text } = readPage('docs/go-subset.md');
    expect(text).toBe(withTable(text, refusalsTable(REFUSALS)));
    expect(text).toBe(withUnverifiedTable(text, refusalsTable(UNVERIFIED)));
  });

  it('lists what the library has; after a change run scripts/library-doc.mjs', () => {
    const { text } = readPage('docs/go-subset.md');
    expect(text).toBe(withLibrary(text, libraryTable(ROOT)));
  });
});
