import { describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { compare } from './agreement.js';
import { fuzz } from './fuzz.js';
import { TEMPLATES } from './templates.js';

describe('prover and explorer', () => {
  it('agree that the systems from which the others are made are right', async () => {
    const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
    const verdicts: string[] = [];
    for (const [name, system] of TEMPLATES) {
      const { verdict, disagreement } = await compare(system, solver);
      verdicts.push(`${name}: ${verdict} ${disagreement ?? ''}`);
    }
    await solver.close();
    expect(verdicts).toEqual(TEMPLATES.map(([name]) => `${name}: proved `));
  });

  it('agree on 1,000 random systems, a good part of which is proved', async () => {
    const { done, verdicts, disagreements, reproved } = await fuzz({ count: 1000, seed: 20_250_101 });
    expect(disagreements.map(({ text }) => text)).toEqual([]);
    expect(done).toBe(1000);
    expect(reproved).toBe(40);
    expect(verdicts.proved).toBeGreaterThan(150);
    expect(verdicts.refuted).toBeGreaterThan(150);
  }, 600_000);
});
