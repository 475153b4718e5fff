import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Subject } from './compare.js';
import { runProgram } from './toolchain.js';
import type { SourceFile } from './toolchain.js';

/** A program of the suite: a function of a package that returns true. */
export interface SuiteTest {
  /** `slices/testCopy`. */
  readonly name: string;
  readonly topic: string;
  readonly function: string;
}

const TEST = /^func (test\w*)\(\) bool \{$/gm;

/** The tests of a package of the suite. */
export function testsOf({ name, files }: Subject): readonly SuiteTest[] {
  const topic = name.split('/').at(-1) ?? name;
  const functions = files.flatMap(({ text }) =>
    Array.from(text.matchAll(TEST), ([, found]) => String(found)),
  );
  return functions.map((each) => ({ name: `${topic}/${each}`, topic, function: each }));
}

/** Runs the suite with the Go toolchain: what each test says, `true`, `false` or `panic: ...`, by its name. */
export function runSuite(packages: readonly Subject[]): ReadonlyMap<string, string> {
  const directory = mkdtempSync(join(tmpdir(), 'armada-suite-'));
  try {
    const output = runProgram(directory, packages.flatMap(packageFiles).concat(mainFile(packages)));
    const lines = output.split('\n').filter((line) => line !== '');
    return new Map(lines.map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)]));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function packageFiles(given: Subject): readonly SourceFile[] {
  const topic = given.name.split('/').at(-1) ?? given.name;
  const calls = testsOf(given).map((test) => `\trunTest("${test.name}", ${test.function})`);
  const runner = `package ${topic}

import "fmt"

func RunTests() {
${calls.join('\n')}
}

func runTest(name string, test func() bool) {
	defer func() {
		if reason := recover(); reason != nil {
			fmt.Println(name, "panic:", reason)
		}
	}()
	fmt.Println(name, test())
}
`;
  const files = [...given.files, { name: 'run_tests.go', text: runner }];
  return files.map(({ name, text }) => ({ name: `${topic}/${name}`, text }));
}

function mainFile(packages: readonly Subject[]): SourceFile {
  const topics = packages.map(({ name }) => name.split('/').at(-1) ?? name);
  const imports = topics.map((topic) => `\t"program/${topic}"`).join('\n');
  const calls = topics.map((topic) => `\t${topic}.RunTests()`).join('\n');
  return { name: 'main.go', text: `package main\n\nimport (\n${imports}\n)\n\nfunc main() {\n${calls}\n}\n` };
}
