import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { FunctionDeclaration, GoPackage } from '../../src/go/index.js';
import { loadPackage, readPackageSources } from '../../src/go/index.js';
import { defaultLayerPath } from '../../src/lower/load.js';
import { readLibrary } from '../../src/lower/library.js';
import { importResolver } from '../../src/lower/machine.js';

const ROLE = /^([ \t]*)\/\/ ?@ ?(refines|op|recovery|init|initialisation|boot)\b(.*)$/gm;

/**
 * The program in a folder as one of two packages: all of it in a package `impl`, and a package that refines what it refined, whose operations call those of
 * `impl`. Null: it is made of what only one package can be (operations that are methods, names that are not exported, several packages).
 */
export async function behindImport(folder: string): Promise<string | null> {
  const goPackage = await loaded(folder);
  if (goPackage === null || goPackage.imports.some(({ isLibrary }) => !isLibrary)) return null;
  const refines: string[] = [];
  const directory = mkdtempSync(join(tmpdir(), `${basename(folder)}-`));
  mkdirSync(join(directory, 'impl'));
  const wrappers: string[] = [];
  for (const each of goPackage.functions) {
    const role = each.annotations.map(
      ({ text }) => /^\W*(op\s+\w+|recovery|init|initialisation|boot)\b/.exec(text)?.[1],
    );
    const [own] = role.filter((found) => found !== undefined);
    if (own === undefined) continue;
    const wrapper = wrapperOf(each, own, goPackage);
    if (wrapper === null) return null;
    wrappers.push(wrapper);
  }
  const imports = new Set<string>(['import "m/impl"']);
  for (const { path, text } of goPackage.files) {
    const changed = text.replace(ROLE, (_line, space: string, word: string, rest: string) => {
      if (word === 'refines') refines.push(qualified(rest, goPackage) ?? rest);
      return `${space}// -`;
    });
    writeFileSync(join(directory, 'impl', basename(path)), changed.replace(/^package \w+/m, 'package impl'));
    for (const [, name, imported] of text.matchAll(
      /^(?:import )?[ \t]*((?!import)\w+ )?("armada\/machine\/\w+")/gm,
    )) {
      const [, used] = /(\w+)"$/.exec(imported ?? '') ?? [];
      const local = name?.trim() ?? used ?? '';
      if (wrappers.some((each) => each.includes(`${local}.`)))
        imports.add(`import ${name ?? ''}${imported ?? ''}`);
    }
  }
  const head = `package behind\n\n${[...imports].join('\n')}\n\n//@ refines${refines.join('')}\n`;
  writeFileSync(join(directory, 'behind.go'), [head, ...wrappers].join('\n'));
  writeFileSync(join(directory, 'go.mod'), 'module m\n\ngo 1.25\n');
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.layer')))
    writeFileSync(join(directory, name), readFileSync(join(folder, name)));
  return directory;
}

async function loaded(folder: string): Promise<GoPackage | null> {
  const sources = readPackageSources(folder);
  const library = readLibrary([defaultLayerPath()], [folder]);
  if (!sources.ok || !library.ok) return null;
  const result = await loadPackage(folder, sources.value, importResolver(library.value));
  return result.ok ? result.value : null;
}

function wrapperOf(declaration: FunctionDeclaration, role: string, goPackage: GoPackage): string | null {
  const { name, receiver, parameters, span, body, exported, resultTypes } = declaration;
  const file = goPackage.files.find((each) => each.path === span.file);
  if (receiver !== null || !exported || file === undefined || parameters.some((each) => each.name === '_'))
    return null;
  const signature = qualified(file.text.slice(span.start.offset, body.span.start.offset).trim(), goPackage);
  if (signature === null) return null;
  const call = `impl.${name}(${parameters.map((each) => each.name).join(', ')})`;
  return `// @ ${role}\n${signature} { ${resultTypes.length > 0 ? 'return ' : ''}${call} }\n`;
}

/** A text with the names of the package behind `impl.`; null: it has one that is not exported. */
function qualified(text: string, { types, constants }: GoPackage): string | null {
  let result = text;
  for (const { name } of [...types, ...constants.filter(({ local }) => !local)]) {
    const found = new RegExp(`(?<![\\w.])${name}\\b`, 'g');
    if (!found.test(result)) continue;
    if (!/^\p{Lu}/u.test(name)) return null;
    result = result.replace(found, `impl.${name}`);
  }
  return result;
}
