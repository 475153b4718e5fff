import { readdirSync, readFileSync } from 'node:fs';
import { it } from 'vitest';
import { loadSystem } from '/work/main/src/lower/index.js';
import { explore, replay, showBounds, largestBounds } from '/work/main/src/explore/index.js';
const roots = (process.env.XP ?? '').split(',').filter(Boolean);
const budget = Number(process.env.BUDGET ?? 5000);
it('runs', async () => {
  for (const root of roots) {
    const dirs = process.env.DEEP ? readdirSync(root).map((d) => root + '/' + d) : [root];
    for (const d of dirs) {
      const loaded = await loadSystem(d);
      if (!loaded.ok) {
        console.log(d, 'LOAD', JSON.stringify(loaded.diagnostics).slice(0, 300));
        continue;
      }
      const file = readdirSync(d).find((f) => f.endsWith('.go') && !f.endsWith('_test.go'));
      const text = readFileSync(d + '/' + file, 'utf8');
      const expectation = /Expect: (\w+)/.exec(text)?.[1] ?? 'proved';
      try {
        const r = explore(loaded.value, { budgetMs: budget });
        if (r.kind === 'violation') {
          const again = replay(loaded.value, r.execution);
          console.log(
            expectation === 'refuted' ? 'ok ' : 'BAD',
            d,
            expectation,
            r.execution.violation.kind,
            r.execution.violation.message,
            r.execution.rows.length,
            JSON.stringify(r.statistics),
            again.difference ?? '',
          );
          if (process.env.SHOW)
            for (const row of r.execution.rows)
              console.log(
                '   ',
                row.actor,
                row.kind,
                row.text,
                row.changes.map((c) => `${c.name}: ${c.before}->${c.after}`).join(', '),
                '|',
                row.note,
                '|',
                row.specification.join(' OR '),
              );
        } else if (r.kind === 'none')
          console.log(
            expectation === 'refuted' ? 'BAD' : 'ok ',
            d,
            expectation,
            'none',
            JSON.stringify(r.statistics),
            largestBounds(r.exhausted).map(showBounds).join(' // '),
            'UNFINISHED',
            r.unfinished && showBounds(r.unfinished),
          );
        else console.log('ERR', d, JSON.stringify(r));
      } catch (e) {
        console.log('EXC', d, (e as Error).stack);
      }
    }
  }
}, 600000);
