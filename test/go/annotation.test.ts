import { describe, expect, it } from 'vitest';
import type { Annotation, GoPackage, Statement } from '../../src/go/index.js';
import { askGo, loaded, rejected } from './support.js';
import { missing } from '../tools.js';

const PROGRAM = `//@ refines ReplicatedDisk(Size) over TwoDisk(Size)

// Package p does things.
package p

import "sync"

// Size is a number.
//@ parameter
const Size uint64 = 4

//@ locks[a] guards disk1[a], spec.disk[a]
//@   invariant ok1 ==> disk1[a] == spec.disk[a]
var locks [Size]sync.Mutex

type DB struct {
	//@ guards sum
	mu  sync.Mutex
	sum uint64 //@ ghost
}

//@ crash invariant forall a uint64 :: a < Size ==>
//@   true

var db DB

// Read reads.
//@ op Read
func Read(a uint64) uint64 {
	locks[a].Lock()
	//@ commit
	v := db.sum
	locks[a].Unlock() //@ assert v == 0
	return v
}

//@ recovery
func Recover() {
	//@ decreases 1

	//@ invariant a <= Size
	for a := uint64(0); a < Size; a++ {
		//@ invariant true

		db.sum = a
	}
	for { //@ retry
		break
	}
}

//@ free
`;

function texts(annotations: readonly Annotation[]): string[] {
  return annotations.map((annotation) => annotation.text.trim().replace(/\s+/g, ' '));
}

function statements(list: readonly Statement[]): string[] {
  return list.flatMap((statement) => [
    ...texts(statement.annotations).map((text) => `${statement.text} <- ${text}`),
    ...(statement.kind === 'for' ? statements(statement.body.statements) : []),
  ]);
}

/** Everything that annotations are attached to. */
function summary(tree: GoPackage): unknown {
  return {
    free: texts(tree.annotations),
    constants: tree.constants.map((each) => [each.name, texts(each.annotations)]),
    variables: tree.variables.map((each) => [each.variable.name, texts(each.annotations)]),
    fields: tree.types.map((each) =>
      each.underlying.kind === 'struct'
        ? each.underlying.fields.map((field) => [field.name, texts(field.annotations)])
        : [],
    ),
    functions: tree.functions.map((each) => [
      each.fullName,
      texts(each.annotations),
      statements(each.body.statements),
    ]),
  };
}

describe('annotations', () => {
  it('are attached to what they annotate', async () => {
    expect(summary(await loaded(PROGRAM))).toEqual({
      free: [
        'refines ReplicatedDisk(Size) over TwoDisk(Size)',
        'crash invariant forall a uint64 :: a < Size ==> true',
        'free',
      ],
      constants: [['Size', ['parameter']]],
      variables: [
        ['locks', ['locks[a] guards disk1[a], spec.disk[a] invariant ok1 ==> disk1[a] == spec.disk[a]']],
        ['db', []],
      ],
      fields: [
        [
          ['mu', ['guards sum']],
          ['sum', ['ghost']],
        ],
      ],
      functions: [
        ['Read', ['op Read'], ['v := db.sum <- commit', 'locks[a].Unlock() <- assert v == 0']],
        [
          'Recover',
          ['recovery', 'decreases 1'],
          [
            'for a := uint64(0); a < Size; a++ <- invariant a <= Size',
            'for a := uint64(0); a < Size; a++ <- invariant true',
            'for <- retry',
          ],
        ],
      ],
    });
  });

  it('keep their offsets, also with CRLF and with indentation', async () => {
    for (const source of [PROGRAM, PROGRAM.replaceAll('\n', '\r\n')]) {
      const tree = await loaded(source);
      const [, crash] = tree.annotations;
      const variable = tree.variables[0]?.annotations[0];
      for (const annotation of [crash, variable]) {
        expect(annotation).toBeDefined();
        if (annotation === undefined) continue;
        const original = source.slice(annotation.span.start.offset, annotation.span.end.offset);
        expect(annotation.text.length).toBe(original.length);
        for (const [index, character] of Array.from(annotation.text).entries()) {
          if (character !== ' ') expect(original[index]).toBe(character);
        }
      }
    }
  });

  it('say when they are the first thing in a body', async () => {
    const tree = await loaded(
      'package p\nfunc f() {\n\t//@ invariant x\n\tfor {\n\t\t//@ y\n\t\tbreak\n\t}\n}\n',
    );
    const loop = tree.functions[0]?.body.statements[0];
    expect(loop?.annotations[0]?.opensBody).toBe(true);
    expect(tree.files[0]).toMatchObject({ annotationLines: 2, goLines: 6 });
  });

  it.each([
    ['two spaces', 'package p\n\n//  @ op\nfunc f() {}\n'],
    ['a tab', 'package p\n\n//\t@ op\nfunc f() {}\n'],
    ['three slashes', 'package p\n\n///@ op\nfunc f() {}\n'],
    ['commented out', 'package p\n\n// //@ op\nfunc f() {}\n'],
    ['a dash', 'package p\n\n//-@ op\nfunc f() {}\n'],
    ['a character that nobody sees', 'package p\n\n//\u200b@ op\nfunc f() {}\n'],
    ['a soft hyphen', 'package p\n\n// \u00ad@ op\nfunc f() {}\n'],
    ['one in a block comment', 'package p\n\n/*\u2060@ op */\nfunc f() {}\n'],
    ['a hash', 'package p\n\n// # @ op\nfunc f() {}\n'],
    ['a block comment', 'package p\n\n/*@ op */\nfunc f() {}\n'],
    ['a block comment with a space', 'package p\n\n/* @ op */\nfunc f() {}\n'],
    ['inside of a block comment', 'package p\n\n/*\n//@ op\n*/\nfunc f() {}\n'],
    ['a line of a block comment', 'package p\n\n/*\n * @op\n */\nfunc f() {}\n'],
    ['behind a comment', 'package p\n\nfunc f() {} // note //@ op\n'],
    ['empty', 'package p\n\n//@\nfunc f() {}\n'],
    ['no statement below', 'package p\n\nfunc f() {\n\tf()\n\t//@ commit\n}\n'],
    ['a blank line below', 'package p\n\nfunc f() {\n\tf()\n\t//@ commit\n\n\tf()\n}\n'],
    ['behind the end of a body', 'package p\n\nfunc f() {\n\tif true {\n\t} //@ commit\n}\n'],
    ['above a case', 'package p\n\nfunc f() {\n\tswitch {\n\t//@ commit\n\tcase true:\n\t}\n}\n'],
    ['in a parameter list', 'package p\n\nfunc f(\n\t//@ op\n\ta uint64,\n) {\n}\n'],
    ['above a group', 'package p\n\n//@ parameter\nconst (\n\ta = 1\n\tb = 2\n)\n'],
    [
      'above fallthrough',
      'package p\n\nfunc f() {\n\tswitch {\n\tcase true:\n\t\t//@ x\n\t\tfallthrough\n\tdefault:\n\t}\n}\n',
    ],
    ['full-width sign', 'package p\n\n// \uFF20 op\nfunc f() {}\n'],
  ])('are rejected: %s', async (_name, source) => {
    expect((await rejected(source)).map((each) => each.code)).toEqual(['annotation']);
  });

  it('are no comments that mention a sign elsewhere', async () => {
    const tree = await loaded('package p\n\n// Mail to a@b.c.\n// (@ is a sign.)\nfunc f() {} // at @\n');
    expect(tree.annotations).toEqual([]);
  });

  const skipped = missing('go');
  it.skipIf(skipped !== null)(skipped ?? 'mean the same after gofmt', { timeout: 60_000 }, async () => {
    const [answer] = askGo([PROGRAM]);
    expect(answer?.formatted).toContain('// @ op Read');
    expect(summary(await loaded(answer?.formatted ?? ''))).toEqual(summary(await loaded(PROGRAM)));
  });
});
