import { spawnSync } from 'node:child_process';

/** Programs that some tests compare with, and how to see that they are there. */
const TOOLS = {
  go: { words: ['version'], tests: 'that compare with Go' },
  z3: { words: ['--version'], tests: 'that have a native Z3 answer the same queries' },
} as const;

type Tool = keyof typeof TOOLS;

/** Why tests that need a tool are skipped, or null: it is there. Where tests must not be skipped, its absence is an error. */
export function missing(tool: Tool): string | null {
  if (spawnSync(tool, TOOLS[tool].words).status === 0) return null;
  if (process.env['CI'] === 'true') throw new Error(`there is no \`${tool}\` on the PATH`);
  return `skipped: there is no \`${tool}\` on the PATH`;
}

/** Says before all tests which of them will be skipped, and why: reporters give only their number. */
export default function sayWhatIsMissing(): void {
  for (const tool of Object.keys(TOOLS) as Tool[]) {
    const why = missing(tool);
    if (why !== null) console.warn(`Tests ${TOOLS[tool].tests} are ${why}.`);
  }
}
