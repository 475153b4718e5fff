import { readFileSync } from 'node:fs';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** This tool's name and version, and its solver's, as reports print them. */
export function toolVersions(): {
  readonly name: string;
  readonly version: string;
  readonly solver: string;
} {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { name, version, dependencies } = JSON.parse(text) as Manifest;
  return { name, version, solver: `z3-solver ${dependencies['z3-solver'] ?? 'unknown'} (WebAssembly)` };
}
