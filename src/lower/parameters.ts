import { BOOL } from '../ir/index.js';
import type { Parameter } from '../ir/index.js';
import type { ConstantDeclaration } from '../go/index.js';
import { underlying } from '../go/index.js';
import type { Directive, FreshNames } from '../layer/index.js';
import { checkExpression } from '../layer/index.js';
import { constantScopes } from './annotation-scope.js';
import { constantValue } from './constant-value.js';
import type { Constants } from './constant.js';
import type { Directives } from './directives.js';
import type { Linked } from './linked.js';
import type { Reports } from './reports.js';

/** Constants annotated `//@ parameter [where P]`. */
export function findParameters(
  linked: Linked,
  directives: Directives,
  constants: Constants,
  reports: Reports,
  names: FreshNames,
): readonly Parameter[] {
  const found: { readonly parameter: Parameter; readonly directive: ParameterDirective }[] = [];
  for (const declaration of linked.packages.flatMap(({ constants: declared }) => declared)) {
    for (const directive of directives.all(declaration.annotations)) {
      if (directive.kind !== 'parameter' || declaration.local) continue;
      directives.use(directive);
      const parameter = parameterOf(declaration, linked.nameOf(declaration), directive, reports);
      if (parameter === null) continue;
      constants.addParameter(declaration, parameter);
      found.push({ parameter, directive });
    }
  }
  const scopes = constantScopes(linked, constants, names);
  const values = new Map<string, bigint>();
  for (const { parameter } of found) values.set(parameter.name, parameter.value);
  return found.map(({ parameter, directive }) => {
    if (directive.where === null) return parameter;
    const where = checkExpression(directive.where.expression, scopes(directive.span.file), BOOL);
    if (!where.ok) {
      reports.addAll(where.diagnostics);
      return parameter;
    }
    const holds = constantValue(where.value, values);
    if (holds !== true) {
      const { text, span } = directive.where;
      const message =
        holds === false
          ? `the value of ${parameter.name} in this file, ${parameter.value}, does not satisfy \`${text}\``
          : `the condition \`${text}\` is not arithmetic over constants`;
      reports.add('annotation', message, span);
    }
    return { ...parameter, where: where.value };
  });
}

type ParameterDirective = Extract<Directive, { kind: 'parameter' }>;

function parameterOf(
  declaration: ConstantDeclaration,
  name: string,
  directive: ParameterDirective,
  reports: Reports,
): Parameter | null {
  const { value, span } = declaration;
  const type = underlying(declaration.type);
  if (type.kind !== 'integer' || typeof value !== 'bigint') {
    reports.add(
      'annotation',
      `the parameter ${name} has no integer type`,
      directive.span,
      `Give the constant a type: \`const ${name} uint64 = ...\`.`,
    );
    return null;
  }
  return { name, type: { kind: 'integer', bits: type.bits, signed: type.signed }, value, where: null, span };
}
