import type { ContractClause, Expression, Type } from '../ir/index.js';
import { BOOL, UINT64, rewriteExpression, walkExpression } from '../ir/index.js';
import type { Span } from '../base/source.js';
import type { Entity, Scope } from '../layer/index.js';
import { checkExpression, extendScope, inferMeasure } from '../layer/index.js';
import { isInterface, isNil } from './interface-value.js';
import type { Lowering } from './lowering.js';
import { compare, toUint64 } from './operators.js';
import type { ContractDirective, ProcedureCode } from './procedures.js';
import { speaksOfState } from './speaks-of-state.js';
import { objectOf } from './reference.js';
import { hasReferences, referenceOf } from './region.js';
import type { Moment } from './region-code.js';
import { viewsOf } from './view.js';

/** A contract before it is known which locals memory is in. */
interface Contract {
  readonly requires: readonly ContractClause[];
  readonly ensures: readonly ContractClause[];
  readonly decreases: readonly Expression[] | null;
}

/** Reads the contract of a procedure. `given` and `returned`: the locals that stand for its parameters and results. */
export function readContract(
  lowering: Lowering,
  { declaration }: ProcedureCode,
  directives: readonly ContractDirective[],
  given: readonly Expression[],
  returned: readonly Expression[],
): Contract {
  const { receiver, parameters, results } = declaration;
  const parameterNames = [...(receiver === null ? [] : [receiver]), ...parameters].map(({ name }) => name);
  const resultNames =
    results.length > 0
      ? results.map(({ name }) => name)
      : returned.map((_, index) => (returned.length === 1 ? 'result' : `result${index + 1}`));
  const reader = new ContractReader(lowering, declaration.nameSpan.file, [...parameterNames, ...resultNames]);
  const before: Named = { values: reader.named(parameterNames, given, 'entry'), moment: 'entry' };
  const after: Named = {
    values: [...reader.named(resultNames, returned, 'exit'), ...reader.named(parameterNames, given, 'exit')],
    moment: 'exit',
  };
  const contract = { requires: [] as ContractClause[], ensures: [] as ContractClause[] };
  let decreases: readonly Expression[] | null = null;
  for (const directive of directives) {
    if (directive.kind === 'decreases') {
      if (decreases !== null) reader.report('a second `decreases` for the same function', directive.span);
      decreases = directive.measures.map((measure) => reader.measure(measure, before));
      continue;
    }
    const scope = directive.kind === 'requires' ? reader.scope(before, null) : reader.scope(after, returned);
    const checked = checkExpression(directive.clause.expression, scope, BOOL);
    if (!checked.ok) {
      lowering.context.reports.addAll(checked.diagnostics);
      continue;
    }
    const { span } = directive.clause;
    const expression = reader.checked(checked.value, span);
    contract[directive.kind].push({ text: directive.text, expression, span });
  }
  return { ...contract, decreases };
}

type Values = readonly (readonly [string, Expression])[];

/** What names stand for, with memory as it is at a moment. */
interface Named {
  readonly values: Values;
  readonly moment: Moment;
}

class ContractReader {
  constructor(
    private readonly lowering: Lowering,
    /** Where the contract is written. */
    private readonly file: string,
    private readonly names: readonly string[],
  ) {
    const repeated = names.find((name, index) => name !== '_' && names.indexOf(name) < index);
    if (repeated !== undefined) this.report(`both a parameter and a result have the name ${repeated}`);
  }

  report(message: string, span?: Span): void {
    this.lowering.context.reports.add('annotation', message, span ?? this.lowering.builder.source.span);
  }

  /** The names of values and their parts, as memory is at a moment. */
  named(names: readonly string[], values: readonly Expression[], moment: Moment): Values {
    return values.flatMap((value, index) => {
      const name = names[index];
      return name === undefined || name === '_' ? [] : this.views(name, value, moment);
    });
  }

  private views(name: string, value: Expression, moment: Moment): Values {
    const { regions } = this.lowering;
    return viewsOf(name, value, (reference, object) => regions.contentOf(reference, object, moment), true);
  }

  /** What a name stands for, through as many pointers as it has points. */
  private followed(entities: Map<string, Entity>, name: string, moment: Moment): Entity | undefined {
    const points = [...name.matchAll(/\./g)].map(({ index }) => index);
    for (const end of points) {
      const prefix = name.slice(0, end);
      const entity = entities.get(prefix);
      if (entity?.kind !== 'value' || referenceOf(entity.expression.type)?.kind !== 'pointer') continue;
      for (const [part, expression] of this.views(prefix, entity.expression, moment)) {
        entities.set(part, { kind: 'value', expression });
      }
    }
    return entities.get(name);
  }

  /** `returned`: the results, where `old` may be used; they have no value before. Null: it may not. */
  scope({ values, moment }: Named, returned: readonly Expression[] | null): Scope {
    const { context, regions } = this.lowering;
    const entities = new Map(
      values.map(([name, expression]): [string, Entity] => [name, { kind: 'value', expression }]),
    );
    const scope = extendScope(context.procedures.scopes(this.file), entities);
    return {
      ...scope,
      lookup: (name) => {
        const [head] = name.split('.');
        const own = entities.get(name) ?? this.followed(entities, name, moment);
        if (own !== undefined) return own;
        return head !== undefined && this.names.includes(head) ? null : scope.lookup(name);
      },
      nil: mayBeNil,
      allowOld: returned !== null,
      before: (expression) => {
        if (mentions(expression, returned ?? [])) {
          this.report('`old` of a result, which has no value before the call', expression.span);
        }
        return regions.atEntry(expression);
      },
    };
  }

  measure(
    syntax: Extract<ContractDirective, { kind: 'decreases' }>['measures'][number],
    named: Named,
  ): Expression {
    const checked = inferMeasure(syntax, this.scope(named, null));
    if (!checked.ok) {
      this.lowering.context.reports.addAll(checked.diagnostics);
      return { kind: 'default', type: UINT64 };
    }
    if (checked.value.type.kind !== 'integer') {
      this.lowering.context.reports.add('type', 'a measure is a number', syntax.span);
      return { kind: 'default', type: UINT64 };
    }
    return this.checked(toUint64(checked.value), syntax.span);
  }

  /** A formula is about what the function is given and returns, and not about where that is in memory. */
  checked(given: Expression, span: Span): Expression {
    const { reports } = this.lowering.context;
    const formula = rewriteExpression(given, comparedWithNil);
    this.lowering.regions.addFormula(formula);
    if (speaksOfState(formula)) {
      reports.unsupported(
        'a contract that speaks of package variables, the machine or the specification',
        span,
        'Others may change them at any time: speak of parameters and results, and pass what is needed.',
      );
    }
    walkExpression(formula, (node) => {
      if (node.kind !== 'binary' || node.operator !== 'equal' || !hasReferences(node.left.type)) return;
      reports.unsupported(
        'a contract that compares values with references in them',
        span,
        'Compare what they refer to, part by part.',
      );
    });
    return formula;
  }
}

function mayBeNil(type: Type): boolean {
  return referenceOf(type) !== null || isInterface(type);
}

/** A reference is nil if it refers to no object, whatever else it says; a value in an interface if it has no type. */
function comparedWithNil(node: Expression): Expression {
  if (node.kind !== 'binary' || node.operator !== 'equal') return node;
  const { left, right } = node;
  const [nil, other] = left.kind === 'default' ? [left, right] : [right, left];
  if (nil.kind !== 'default' || !mayBeNil(nil.type)) return node;
  return isInterface(nil.type) ? isNil(other) : compare('equal', objectOf(nil), objectOf(other));
}

function mentions(expression: Expression, locals: readonly Expression[]): boolean {
  let found = false;
  walkExpression(expression, (node) => {
    found ||=
      node.kind === 'local' && locals.some((local) => local.kind === 'local' && local.index === node.index);
  });
  return found;
}
