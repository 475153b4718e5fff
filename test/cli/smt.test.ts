import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { missing } from '../tools.js';
import { armada, ROOT } from './run.js';

const skipped = missing('z3');

describe('the queries of `show --smt`, read by a native Z3', () => {
  it
    .skipIf(skipped !== null)
    .each([
      'buffered_shadow_copy',
      'group_commit',
      'replicated_disk',
      'shadow_copy',
      'stat_db',
      'write_ahead_log',
    ])(skipped ?? '%s: same answers', (name) => {
    const shown = armada(['show', `examples/${name}`, '--smt'], ROOT);
    expect(shown.status).toBe(0);
    const { stdout } = spawnSync('z3', ['-in', '-T:120'], { input: shown.stdout, encoding: 'utf8' });
    const lines = stdout.trim().split('\n');
    const expected = lines
      .filter((_, index) => index % 2 === 0)
      .map((line) => line.replace(/^query [0-9]+, expected: /, ''));
    const answers = lines.filter((_, index) => index % 2 === 1);
    expect(answers).toEqual(expected);
    expect(answers.length).toBeGreaterThan(5);
  });
});
