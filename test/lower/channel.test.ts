import { describe, expect, test } from 'vitest';
import { expectValue, instructions, lower, problems, pure } from './harness.js';

const REST = `
var c = make(chan uint64, 2)
var done = make(chan struct{})
var sum uint64
var none chan uint64

func add(a, b uint64) uint64 { return a + b }
func given() chan uint64 { d := make(chan uint64, 1); return d }
func replaced1(d chan uint64) uint64 { d = c; return <-d }
func shut(d chan<- uint64) { close(d) }
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

  test('is reported by the cases of a `select`', async () => {
    const body = '\tselect {\n\tcase c <- n:\n\t\tn++\n\tcase v := <-d:\n\t\treturn v\n\t}\n\treturn n';
    const rest = 'var c, d = make(chan uint64, 1), make(chan uint64)\n';
    const [implementation] = expectValue(await lower(pure(body, rest))).implementations;
    const step = implementation?.code.instructions.find(({ kind }) => kind === 'call');
    expect(step?.source.text).toBe('select { case c <- n: case v := <-d: }');
  });

  test('has a number of values of which nothing is known', async () => {
    const rest = 'var c, d = make(chan uint64, 2), make(chan uint64)\n';
    expect(await instructions('\treturn uint64(len(c)-len(d))', rest)).toEqual([
      '0: count = c.Len()',
      '1: length = choose length <= 2',
      '2: return uint64(int64(length) - 0)',
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
    [
      'in a goroutine that makes it',
      '\tfor range 3 {\n\t\tgo func() {\n\t\t\td := make(chan uint64, 1)\n\t\t\td <- n\n\t\t}()\n\t}\n\treturn n',
    ],
    [
      'until its only sender closes it',
      '\td := make(chan uint64)\n\tgo func() {\n\t\tdefer close(d)\n\t\tfor i := range n {\n\t\t\td <- i\n\t\t}\n\t}()\n\t//@ retry\n\tfor range d {\n\t}\n\treturn n',
    ],
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
      'a variable that gets its channel later',
      '\tvar d chan uint64\n\td = make(chan uint64, 1)\n\treturn <-d',
      'not verified yet: channels as values',
    ],
    [
      'a channel in a struct',
      '\td := struct{ c chan uint64 }{make(chan uint64, 1)}\n\treturn <-d.c',
      'not verified yet: channels as values',
    ],
    ['a channel as a result', '\treturn <-given()', 'not verified yet: channels as values'],
    [
      'a channel of an operation that is assigned',
      '\td, e := make(chan uint64, 1), make(chan uint64, 1)\n\td = e\n\treturn <-d',
      'not verified yet: channels as values',
    ],
    [
      'the address of one',
      '\td := make(chan uint64, 1)\n\tvar p *chan uint64\n\tp = &d\n\treturn <-*p',
      'is not supported',
    ],
    [
      'a parameter that is assigned',
      '\td := make(chan uint64, 1)\n\treturn replaced1(d)',
      'not verified yet: channels as values',
    ],
    [
      'a channel in an interface',
      '\td := make(chan uint64, 1)\n\tvar x any = d\n\tif x == nil {\n\t\treturn 1\n\t}\n\treturn n',
      'not verified yet: channels as values',
    ],
    [
      'a channel that is made in a loop',
      '\tfor range 3 {\n\t\td := make(chan uint64, 1)\n\t\td <- n\n\t\tn = <-d\n\t}\n\treturn n',
      'a channel that is made in a loop is not supported',
    ],
    ...Object.entries({
      twice: '\tclose(d)\n\tclose(d)',
      'before sending': '\tclose(d)\n\td <- n',
      'in a loop': '\tfor range 2 {\n\t\tclose(d)\n\t}',
      'beside a sender': '\tgo func() { d <- n }()\n\tclose(d)',
      'in a goroutine, beside a sender': '\tgo close(d)\n\td <- n',
      'before the start of a sender': '\tclose(d)\n\tgo func() { d <- n }()',
      'in several goroutines': '\tfor range 2 {\n\t\tgo close(d)\n\t}',
      'beside a sender that another goroutine starts':
        '\tgo func() {\n\t\tgo func() { d <- n }()\n\t}()\n\tclose(d)',
      'beside a `select` that sends': '\tgo close(d)\n\tselect {\n\tcase d <- n:\n\tcase <-c:\n\t}',
      'in a helper': '\tshut(d)\n\tshut(d)',
    }).map(([where, rest]) => [
      `closing ${where}`,
      `\td := make(chan uint64, 1)\n${rest}\n\treturn <-d`,
      'closing a channel of the operation that may be closed already or is perhaps sent to later',
    ]),
    ['a channel in another variable', '\td := c\n\treturn <-d', 'not verified yet: channels as values'],
    [
      'a comparison',
      '\tif c == nil {\n\t\treturn 1\n\t}\n\treturn n',
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
      'select of a channel that a function returns',
      '\tselect {\n\tcase v := <-given():\n\t\treturn v\n\tdefault:\n\t}\n\treturn n',
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

  test('is made by an operation and given to helpers and goroutines', async () => {
    const body = `\tvar e chan uint64 = make(chan uint64, 1)
	go send(e, n)
	go func() { e <- 2 }()
	return take(e)`;
    const rest = `func send(c chan<- uint64, v uint64) { c <- v }
func take(c <-chan uint64) uint64 { return <-c }
`;
    expect(await instructions(body, rest)).toEqual([
      '0: e = Run().e.Make()',
      '1: argument = n',
      '2: go 4',
      '3: jump 7',
      '4: v = argument',
      '5: Run().e.Send(e, v)',
      '6: end',
      '7: go 9',
      '8: jump 11',
      '9: Run().e.Send(e, 2)',
      '10: end',
      '11: received, ok = Run().e.Receive(e, 0)',
      '12: result = received',
      '13: return result',
    ]);
  });

  test('carries what is checked where it is sent', async () => {
    const body = `\tk := n
	//@ carries v where v > k
	e := make(chan uint64, 1)
	e <- n + 1
	k = 0
	select {
	case e <- n:
	case v, ok := <-e:
		if ok {
			return v
		}
	}
	return <-e + k`;
    expect(await instructions(body)).toEqual([
      '0: k = n',
      '1: e = Run().e.Make()',
      '2: k = k',
      '3: check assertion k < n + 1',
      '4: Run().e.Send(e, n + 1)',
      '5: k = 0',
      '6: sent = n',
      '7: chosen, v, ok = select(Run().e.Send, Run().e.Receive)(e, sent, e, 0)',
      '8: branch chosen == 0 ? 9 : 11',
      '9: check assertion k < sent',
      '10: jump 16',
      '11: assume ok ==> k < v',
      '12: v = v',
      '13: ok = ok',
      '14: branch ok ? 15 : 16',
      '15: return v',
      '16: received, ok = Run().e.Receive(e, 0)',
      '17: assume ok ==> k < received',
      '18: return received + k',
    ]);
  });

  test.each([
    ['state', '\t//@ carries v where v < sum', 'state or memory in `carries` is not supported'],
    [
      'memory',
      '\ts := []uint64{n}\n\ts[0] = 1\n\t//@ carries v where v == s[0]',
      'state or memory in `carries` is not supported',
    ],
    [
      'a variable that has an address',
      '\tm := n\n\tvar p *uint64\n\tp = &m\n\t*p = 2\n\t//@ carries v where v == m',
      'state or memory in `carries` is not supported',
    ],
    ['another type', '\t//@ carries v where v', 'bool'],
    [
      'two formulas',
      '\t//@ carries v where v > 1\n\t//@ carries v where v > 2',
      'a second `carries` for the same channel',
    ],
    ['itself', '\t//@ carries v where len(d.queue) == 0', "unknown name 'd.queue'"],
  ])('carries nothing that speaks of %s', async (_name, annotated, message) => {
    const body = `${annotated}\n\td := make(chan uint64, 1)\n\td <- 2\n\treturn <-d`;
    expect((await problems(pure(body, REST))).join('\n')).toContain(message);
  });

  test.each([
    [
      'several channels',
      '\t//@ carries v where v > 1\n\td, e := make(chan uint64, 1), make(chan uint64, 1)\n\td <- <-e\n\treturn n',
    ],
    ['no channel', '\t//@ carries v where v > 1\n\tn++\n\treturn n'],
  ])('carries nothing above %s', async (_name, body) => {
    expect((await problems(pure(body))).join('\n')).toContain('`carries` does not belong here');
  });

  test('is refused in recovery if it is made there', async () => {
    const text = pure('\treturn n').replace(
      'func Recover() {}',
      'func Recover() {\n\tc := make(chan uint64, 1)\n\tc <- 1\n}',
    );
    expect((await problems(text)).join('\n')).toContain('not verified yet: channels as values');
  });

  test('is refused if something assigns it', async () => {
    const rest = 'var c = make(chan uint64, 2)\nfunc replace() { c = make(chan uint64, 2) }\n';
    expect((await problems(pure('\treplace()\n\treturn <-c', rest))).join('\n')).toContain(
      'not verified yet: channels as values',
    );
  });

  test('may be declared for one direction', async () => {
    const rest = 'var c <-chan uint64 = make(chan uint64, 2)\n';
    expect(await instructions('\treturn <-c', rest)).toEqual([
      '0: received, ok = c.Receive(0)',
      '1: return received',
    ]);
  });

  test.each([
    ['pointers', 'make(chan *uint64, 1)'],
    ['structs with slices', 'make(chan struct{ s []uint64 }, 1)'],
    ['channels', 'make(chan chan uint64, 1)'],
    ['functions', 'make(chan func(), 1)'],
    ['interfaces', 'make(chan any, 1)'],
  ])('is refused with %s, its uses are not', async (_name, value) => {
    const rest = `var c = ${value}\n`;
    expect(await problems(pure('\tc <- <-c\n\tc <- <-c\n\treturn n', rest))).toEqual([
      expect.stringContaining('a channel of values that refer to memory (c) is not supported'),
    ]);
  });

  test.each([
    ['no constant', 'size()'],
    ['a parameter', 'Size'],
  ])('is refused with a capacity that is %s, its uses are not', async (_name, capacity) => {
    const rest = `\n//@ parameter\nconst Size uint64 = 4\n\nfunc size() int { return 3 }\nvar c = make(chan uint64, ${capacity})\n`;
    const uses = '\tc <- n\n\tfor v := range c {\n\t\tn += v\n\t}\n\tclose(c)\n\treturn n + <-c';
    expect(await problems(pure(uses, rest))).toEqual([
      expect.stringContaining('a channel whose capacity is no number (c) is not supported'),
    ]);
  });
});
