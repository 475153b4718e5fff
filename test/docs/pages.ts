import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A page, by its path from the root, with `/`. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}

/** `README.md` and all of `docs`. */
export function allPages(): readonly Page[] {
  const names = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const docs = names.filter((name) => name.endsWith('.md')).sort();
  return ['README.md', ...docs.map((name) => `docs/${name.replaceAll('\\', '/')}`)].map(readPage);
}

/** The contents of the code blocks in one language. */
export function codeBlocks({ text }: Page, language: string): readonly string[] {
  const fence = new RegExp('^```' + language + '\\n([^]*?)^```$', 'gm');
  return [...text.matchAll(fence)].map((match) => match[1] ?? '');
}

/** The page without its code blocks and code spans, which hold no links. */
function prose({ text }: Page): string {
  return text.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, 'code');
}

/** Targets of links that are not addresses on the web. */
export function relativeLinks(page: Page): readonly string[] {
  const targets = [...prose(page).matchAll(/\]\(([^()\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

/** The names by which links can point at the headings of a page. */
export function anchors({ text }: Page): ReadonlySet<string> {
  const headings = text.replace(/^```[^]*?^```$/gm, '').matchAll(/^#+ +(.+)$/gm);
  return new Set([...headings].map(([, heading = '']) => slug(heading)));
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
