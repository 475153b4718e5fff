import { describe, expect, it } from 'vitest';
import { ACCEPTED } from './cases.js';
import { askGo, load, loaded, rejected } from './support.js';
import { missing } from '../tools.js';

/** Programs one token away from those that Go accepts: a line break more, a token less, a token twice. */
function mutations(source: string): readonly string[] {
  const tokens = Array.from(source.matchAll(/\w+|[^\w\s]|\s+/g), (match) => match[0]);
  const result: string[] = [];
  for (const [index, token] of tokens.entries()) {
    const change = (...middle: readonly string[]): void => {
      result.push([...tokens.slice(0, index), ...middle, ...tokens.slice(index + 1)].join(''));
    };
    change(token, '\n');
    change();
    change(token, ' ', token);
  }
  return result;
}

describe('line breaks', () => {
  it.each([
    ['a call', 'package p\nfunc g() {}\nfunc f() {\n\tg\n\t()\n}\n'],
    ['an index', 'package p\nvar t [2]uint64\nfunc f() {\n\tx := t\n\t[0]\n\t_ = x\n}\n'],
    [
      'a switch',
      'package p\nfunc g() uint64 { return 1 }\nfunc f() {\n\tswitch g()\n\t{\n\tcase true:\n\t}\n}\n',
    ],
    ['a header', 'package p\nfunc f() {\n\tfor i := 0\n\t; i < 3; i++ {\n\t}\n}\n'],
    ['a comment', 'package p\nfunc g() {}\nfunc f() {\n\tg /*\n*/ ()\n}\n'],
  ])('end a statement where Go does: %s', async (_name, source) => {
    expect((await rejected(source)).length).toBeGreaterThan(0);
  });

  it('may be CRLF, or missing at the end of the file', async () => {
    await loaded('package p\r\n\r\nfunc f() {\r\n\tx := 1\r\n\t_ = x\r\n}\r\n');
    await loaded('package p\nvar x = 1');
    await loaded('\uFEFFpackage p\n'.slice(1));
  });

  const skipped = missing('go');
  it.skipIf(skipped !== null)(
    skipped ?? 'nothing that Go rejects is accepted',
    { timeout: 120_000 },
    async () => {
      const all = Object.values(ACCEPTED).flatMap((source) => mutations(source));
      const programs = all.filter((_program, index) => index % 13 === 0);
      const answers = askGo(programs);
      const wrong: string[] = [];
      for (const [index, program] of programs.entries()) {
        const result = await load(program);
        const error = answers[index]?.error ?? '';
        if (result.ok && error !== '') wrong.push(`${error}\n${program}`);
      }
      expect(wrong).toEqual([]);
    },
  );
});

describe('hostile text', () => {
  it.each([
    ['deep parentheses', `package p\nvar x = ${'('.repeat(5000)}1${')'.repeat(5000)}\n`],
    ['deep blocks', `package p\nfunc f() {${'{'.repeat(5000)}${'}'.repeat(5000)}}\n`],
    ['a long sum', `package p\nvar x = 1${' + 1'.repeat(5000)}\n`],
    ['a huge number', `package p\nvar x uint64 = ${'9'.repeat(100_000)}\n`],
    ['not Go', 'This is a letter, not a program.\n'],
    ['an identifier of another language', 'package p\nvar x\u0301 uint64\n'],
  ])('is rejected with a position: %s', async (_name, source) => {
    const [first] = await rejected(source);
    expect(first?.span).toBeDefined();
  });
});
