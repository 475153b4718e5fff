import type { Span } from '../base/source.js';
import type { Code, Invariant, Lock, Procedure, System, Transitions } from '../ir/index.js';
import { leftBehind, leftBehindNote, showType } from '../ir/index.js';
import { showExpression } from '../ir/show.js';
import { showInstruction } from '../ir/show-code.js';
import type { ReportContext } from './palette.js';
import { baseName } from './source-quote.js';
import { blockLines, indent, operationLines } from './statement-text.js';

/**
 * A system as the tool understood it, readable enough to audit: parameters, state, both layers, locks and invariants, the atomic
 * steps of the code, and the obligations.
 */
export function renderSystem(
  system: System,
  obligations: readonly { readonly id: string; readonly title: string }[],
  context: ReportContext,
): string {
  const { palette } = context;
  const heading = (text: string): string => palette.strong(text);
  const codes: [string, Code | null][] = [
    ...system.implementations.map(({ operation, code }): [string, Code] => [`op ${operation}`, code]),
    ['recovery', system.recovery],
    ['initialisation', system.initialisation],
    ['boot', system.boot],
  ];
  return [
    heading(`${system.path}: ${system.refines} over ${system.over}`),
    ...section('parameters', parameterLines(system)),
    ...section('state', stateLines(system)),
    ...layerLines('machine', system.machine),
    ...section('machine operations', system.machineOperations.flatMap(operationLines)),
    ...layerLines('specification', system.specification),
    ...section('specification operations', system.specificationOperations.flatMap(operationLines)),
    ...section('locks', system.locks.flatMap(lockLines)),
    ...section('invariants', system.invariants.map(invariantLine)),
    ...section('crash invariants', system.crashInvariants.map(invariantLine)),
    ...section(
      'guarantees',
      system.guarantees.map(({ name, text }) => `${name}: ${text}`),
    ),
    ...codes.flatMap(([name, code]) => (code === null ? [] : section(name, codeLines(code)))),
    ...system.procedures.flatMap((procedure) =>
      section(`function ${procedure.name}`, procedureLines(procedure)),
    ),
    ...section(
      'goroutines that may be left behind',
      leftBehind(system).map(
        (each) =>
          `${each.operation} ${leftBehindNote(each)}: line ${each.source.span.start.line}  ${each.source.text}`,
      ),
    ),
    ...section(
      `${obligations.length} obligations`,
      obligations.map(({ id, title }) => `${id}\n      ${palette.faint(title)}`),
    ),
  ].join('\n');

  function section(title: string, lines: readonly string[]): readonly string[] {
    return lines.length === 0 ? [] : ['', heading(title), ...indent(lines)];
  }

  function layerLines(title: string, layer: Transitions): readonly string[] {
    return section(`${title} layer ${layer.name}`, [
      ...layer.init.map((each) => `init ${each.text}`),
      ...layer.always.map((each) => `always ${each.text}`),
      ...layer.alwaysStep.map((each) => `always ${each.text}`),
      'crash {',
      ...indent(blockLines(layer.crash)),
      '}',
    ]);
  }
}

function procedureLines({ code, requires, ensures, decreases }: Procedure): readonly string[] {
  const measure = decreases?.map((each) => showExpression(each, { locals: code.locals })).join(', ');
  return [
    ...[...requires, ...ensures].map(({ text }) => text),
    ...(measure === undefined ? [] : [`decreases ${measure}`]),
    ...codeLines(code),
  ];
}

function parameterLines(system: System): readonly string[] {
  return system.parameters.map(({ name, type, value, where }) => {
    const range = where === null ? '' : ` where ${showExpression(where)}`;
    return `${name} ${showType(type)} (${value} in the source)${range}`;
  });
}

function stateLines(system: System): readonly string[] {
  return system.state.map(({ name, type, side, durability, origin, initial }) => {
    const start = initial === null ? '' : ` = ${showExpression(initial)}`;
    return `${durability} ${name} ${showType(type)}${start} (${side}, ${origin})`;
  });
}

function lockLines(lock: Lock): readonly string[] {
  const index = lock.index === null ? '' : `[${lock.index.name}]`;
  const guards = lock.guards.map(
    ({ variable, keys, where }) =>
      `${variable}${keys.map((key) => `[${showExpression(key)}]`).join('')}` +
      (where === null ? '' : ` where ${showExpression(where)}`),
  );
  return [
    `${lock.name}${index} guards ${guards.join(', ')}`,
    ...(lock.invariant === null ? [] : [`  invariant ${lock.invariant.text}`]),
  ];
}

function invariantLine(invariant: Invariant): string {
  return `${invariant.name}: ${invariant.text}`;
}

/** The line, and of other files than that of the code the file. */
function lineOf({ file, start }: Span, code: Code): string {
  return file === code.span.file ? `line ${start.line}` : `${baseName(file)}:${start.line}`;
}

function codeLines(code: Code): readonly string[] {
  const digits = String(code.instructions.length - 1).length;
  return code.instructions.map((instruction, index) => {
    const { source, kind } = instruction;
    const number = String(index).padStart(digits);
    return `${number}  ${lineOf(source.span, code)}  ${kind === 'call' ? 'step ' : '     '}${showInstruction(instruction, code)}`;
  });
}
