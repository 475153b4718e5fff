import { describe, expect, test } from 'vitest';
import { instructions, problems, pure } from './harness.js';

const REST = `
var c = make(chan uint64, 2)
var done = make(chan struct{})
var sum uint64
var replaced = make(chan uint64, 2)
var none chan uint64

func add(a, b uint64) uint64 { return a + b }
func replace() { replaced = make(chan uint64, 2) }
func drain(from chan uint64) uint64 { return 1 }
`;

describe('a channel that is a package variable', () => {
  test('has one step for each operation', async () => {
    const body = `\tc <- n + 1
	v, ok := <-c
	close(c)
	<-done
	if !ok {
		return uint64(cap(c))
	}
	return v`;
    const rest = 'var c = make(chan uint64, 1+1)\nvar done = make(chan struct{})\n';
    expect(await instructions(body, rest)).toEqual([
      '0: c.Send(n + 1)',
      '1: received, ok = c.Receive(0)',
      '2: v = received',
      '3: ok = ok',
      '4: c.Close()',
      '5: received, ok = done.Receive(0)',
      '6: branch !ok ? 7 : 8',
      '7: return 2',
      '8: return v',
    ]);
  });

  test('has one step for all cases of `select`', async () => {
    const body = `\tselect {
	case c <- n + 1:
		n = 1
	case v, ok := <-d:
		if ok {
			n = v
		}
	default:
	}
	return n`;
    const rest = 'var c, d = make(chan uint64, 1), make(chan uint64)\n';
    expect(await instructions(body, rest)).toEqual([
      '0: sent = n + 1',
      '1: early = choose true',
      '2: chosen, v, ok = select(c.Send, d.Receive, default)(sent, 0, early)',
      '3: branch chosen == 0 ? 4 : 6',
      '4: n = 1',
      '5: jump 12',
      '6: branch chosen == 1 ? 7 : 12',
      '7: v = v',
      '8: ok = ok',
      '9: branch ok ? 10 : 11',
      '10: n = v',
      '11: jump 12',
      '12: return n',
    ]);
  });

  test.each([
    ['in order', '\treturn add(<-c, <-c)'],
    ['beside local variables', '\tm := n\n\treturn m + <-c'],
    ['in a goroutine', '\tgo func() { c <- n }()\n\treturn <-c'],
    ['as an argument of one', '\tgo add(<-c, n)\n\treturn n'],
    ['beside one without a buffer', '\tgo func() { done <- struct{}{} }()\n\t<-done\n\treturn n'],
  ])('is received from %s', async (_name, body) => {
    expect(
      await problems(
        pure(
          body,
          'var c = make(chan uint64, 2)\nvar done = make(chan struct{})\nfunc add(a, b uint64) uint64 { return a + b }\n',
        ),
      ),
    ).toEqual([]);
  });

  test.each([
    [
      'a channel in a local variable',
      '\td := make(chan uint64, 1)\n\treturn <-d',
      'not verified yet: channels as values',
    ],
    ['a channel as an argument', '\treturn drain(c)', 'not verified yet: channels as values'],
    ['a channel in another variable', '\td := c\n\treturn <-d', 'not verified yet: channels as values'],
    [
      'a comparison',
      '\tif c == nil {\n\t\treturn 1\n\t}\n\treturn n',
      'not verified yet: channels as values',
    ],
    ['the number of values', '\treturn uint64(len(c))', 'not verified yet: channels as values'],
    [
      'a channel that something assigns',
      '\treplace()\n\treturn <-replaced',
      'not verified yet: channels as values',
    ],
    ['a channel that is nil', '\treturn <-none', 'not verified yet: channels as values'],
    ['select without cases', '\tselect {}', 'not verified yet: `select` without cases'],
    [
      'select that sends without a buffer',
      '\tselect {\n\tcase done <- struct{}{}:\n\tdefault:\n\t}\n\treturn n',
      'not verified yet: `select` without cases, and sending to a channel without a buffer in a case of one',
    ],
    [
      'select of a channel in a local variable',
      '\td := make(chan uint64, 1)\n\tselect {\n\tcase v := <-d:\n\t\treturn v\n\tdefault:\n\t}\n\treturn n',
      'not verified yet: channels as values',
    ],
    [
      'a claim at a case of select, which would not go with the step',
      '\tselect {\n\t//@ claim t\n\tcase v := <-c:\n\t\treturn v\n\tdefault:\n\t}\n\treturn n',
      'this annotation belongs to nothing',
    ],
    [
      'reading while a token is given back',
      '\t//@ give t\n\tn = sum + <-c\n\treturn n',
      'reading sum in the same statement as a call that changes it',
    ],
  ])('is refused: %s', async (_name, body, message) => {
    const rest = `${REST}\n//@ token t guards sum\n`;
    expect((await problems(pure(body, rest))).join('\n')).toContain(message);
  });

  test.each([
    ['pointers', 'make(chan *uint64, 1)'],
    ['structs with slices', 'make(chan struct{ s []uint64 }, 1)'],
    ['channels', 'make(chan chan uint64, 1)'],
    ['functions', 'make(chan func(), 1)'],
    ['interfaces', 'make(chan any, 1)'],
    ['a capacity that is no constant', 'make(chan uint64, size())'],
    ['a capacity that is a parameter', 'make(chan uint64, Size)'],
  ])('is refused with %s', async (_name, value) => {
    const rest = `\n//@ parameter\nconst Size uint64 = 4\n\nfunc size() int { return 3 }\nvar c = ${value}\n`;
    expect((await problems(pure('\treturn n', rest))).join('\n')).toContain(
      'a channel of values that refer to memory',
    );
  });
});
