import { ownerOf } from './check-struct.js';
import { parameterTypes } from './check-parameters.js';
import type { Context } from './context.js';
import type { Scope } from './scope.js';
import type { SyntaxNode } from './syntax.js';
import { identicalTypes, includesTerms } from './type-identity.js';
import { constraintOf, isStrictlyComparable } from './type-set.js';
import { showGoType } from './type-text.js';
import { underlying } from './type.js';
import type { GoType, InterfaceMethod, InterfaceType, TypeTerm } from './type.js';

interface Content {
  readonly methods: readonly InterfaceMethod[];
  readonly terms: readonly TypeTerm[] | null;
  readonly comparable: boolean;
}

/** An element of an interface that is no method: a union of terms (mostly a single one). */
interface Element {
  readonly terms: readonly (TypeTerm & { readonly node: SyntaxNode })[];
}

/**
 * `interface { ... }`. Its embedded interfaces are looked at when first needed, as they may be declared later or refer to this one
 * through their methods.
 */
export function interfaceType(context: Context, scope: Scope, node: SyntaxNode): InterfaceType | null {
  const own: InterfaceMethod[] = [];
  const elements: Element[] = [];
  let valid = true;
  for (const child of node.namedChildren) {
    if (child.type === 'method_elem') {
      const method = interfaceMethod(context, scope, child);
      if (method === null) valid = false;
      else own.push(method);
    } else {
      const element = constraintElement(context, scope, child);
      if (element === null) valid = false;
      else elements.push(element);
    }
  }
  if (!valid) return null;
  const result = lazyInterface(
    own,
    elements,
    () => assemble(context, own, elements),
    () => context.typeError(node, 'this interface embeds itself'),
  );
  context.later(() => {
    // Looks at the embedded interfaces, whose methods may clash.
    result.methods.forEach(() => undefined);
    for (const element of elements) checkElement(context, element);
  });
  return result;
}

function lazyInterface(
  methods: readonly InterfaceMethod[],
  elements: readonly Element[],
  compute: () => Content,
  reportCycle: () => void,
): InterfaceType {
  let content: Content | null = null;
  let busy = false;
  const get = (): Content => {
    if (content !== null) return content;
    // It embeds itself.
    if (busy) {
      reportCycle();
      return { methods: [], terms: null, comparable: false };
    }
    busy = true;
    content = compute();
    busy = false;
    return content;
  };
  return {
    kind: 'interface',
    written: { methods, elements: elements.map((element) => element.terms) },
    get methods() {
      return get().methods;
    },
    get terms() {
      return get().terms;
    },
    get comparable() {
      return get().comparable;
    },
  };
}

function interfaceMethod(context: Context, scope: Scope, node: SyntaxNode): InterfaceMethod | null {
  const nameNode = node.required('name');
  const name = nameNode.text;
  if (name === '_') return context.report('name', nameNode, 'a method of an interface needs a name');
  const type = parameterTypes(context, scope, node);
  if (type === null) return null;
  return { name, packagePath: ownerOf(context, name), type, span: nameNode.span };
}

function constraintElement(context: Context, scope: Scope, node: SyntaxNode): Element | null {
  const nodes = node.type === 'type_elem' || node.type === 'type_constraint' ? node.namedChildren : [node];
  const terms = nodes.map((each) => {
    const tilde = each.type === 'negated_type';
    const typeNode = tilde ? each.namedChildren[0] : each;
    const type = typeNode === undefined ? null : context.rules.anyType(context, scope, typeNode);
    return type === null ? null : { tilde, type, node: each };
  });
  return terms.every((term) => term !== null) ? { terms } : null;
}

/** The constraint of a type parameter: an interface, or an element of one by itself. */
export function constraintType(context: Context, scope: Scope, node: SyntaxNode): GoType | null {
  const element = constraintElement(context, scope, node);
  if (element === null) return null;
  const [only] = element.terms;
  if (only !== undefined && element.terms.length === 1 && !only.tilde && only.type.kind !== 'parameter') {
    if (underlying(only.type).kind === 'interface') return only.type;
  }
  if (only?.type.kind === 'parameter') {
    return context.typeError(node, 'a type parameter cannot be a constraint');
  }
  context.later(() => {
    checkElement(context, element);
  });
  return lazyInterface(
    [],
    [element],
    () => assemble(context, [], [element]),
    () => context.typeError(node, 'this constraint embeds itself'),
  );
}

function assemble(context: Context, own: readonly InterfaceMethod[], elements: readonly Element[]): Content {
  const methods = new Map<string, InterfaceMethod>();
  const add = (method: InterfaceMethod, isOwn: boolean): void => {
    const key = `${method.packagePath ?? ''}.${method.name}`;
    const known = methods.get(key);
    if (known !== undefined && (isOwn || !identicalTypes(known.type, method.type))) {
      context.report('name', method.span, `the method \`${method.name}\` is there twice`);
    }
    methods.set(key, known ?? method);
  };
  for (const method of own) add(method, true);
  let terms: readonly TypeTerm[] | null = null;
  let comparable = false;
  for (const element of elements) {
    const embedded = embeddedInterface(element);
    if (embedded !== null) {
      for (const method of embedded.methods) add(method, false);
      if (embedded.comparable) comparable = true;
    }
    const allowed = embedded === null ? unionTerms(element) : embedded.terms;
    if (allowed !== null) terms = terms === null ? allowed : intersectTerms(terms, allowed);
  }
  const sorted = [...methods.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  if (!comparable || terms === null) return { methods: sorted, terms, comparable };
  const remaining = terms.filter((term) => isStrictlyComparable(term.type));
  return { methods: sorted, terms: remaining, comparable: false };
}

function embeddedInterface({ terms }: Element): InterfaceType | null {
  const [only] = terms;
  if (only === undefined || terms.length > 1 || only.tilde) return null;
  const plain = underlying(only.type);
  return plain.kind === 'interface' ? plain : null;
}

/** All terms of the union; null: some term is an interface of all types. */
function unionTerms(element: Element): readonly TypeTerm[] | null {
  const found: TypeTerm[] = [];
  for (const { tilde, type } of element.terms) {
    const plain = underlying(type);
    if (plain.kind === 'interface' || plain.kind === 'parameter') {
      const { terms } = plain.kind === 'interface' ? plain : constraintOf(plain);
      if (terms === null) return null;
      for (const term of terms) found.push(term);
    } else {
      found.push({ tilde, type });
    }
  }
  return found;
}

function intersectTerms(left: readonly TypeTerm[], right: readonly TypeTerm[]): readonly TypeTerm[] {
  const result: TypeTerm[] = [];
  for (const one of left) {
    for (const other of right) {
      if (includesTerms([one], [other])) result.push(other);
      else if (includesTerms([other], [one])) result.push(one);
    }
  }
  return result;
}

/** A limit of Go's compiler. */
const MOST_TERMS = 100;

/** Go's rules for the terms of a union. */
function checkElement(context: Context, { terms }: Element): void {
  const beyond = terms[MOST_TERMS];
  if (beyond !== undefined) context.typeError(beyond.node, `Go takes at most ${MOST_TERMS} terms`);
  for (const [index, term] of terms.entries()) {
    const plain = underlying(term.type);
    if (term.type.kind === 'parameter') {
      context.typeError(term.node, 'a type parameter cannot be a term of a constraint');
      continue;
    }
    if (term.tilde && (plain.kind === 'interface' || !identicalTypes(plain, term.type))) {
      context.typeError(
        term.node,
        `\`~\` needs a type that is its own underlying type, not ${showGoType(term.type)}`,
      );
    }
    if (terms.length === 1) continue;
    if (plain.kind === 'interface') {
      if (plain.methods.length > 0 || plain.comparable) {
        context.typeError(term.node, 'an interface with methods cannot be a term of a union');
      }
      continue;
    }
    const overlapping = terms.slice(0, index).some((earlier) => {
      const isInterface = underlying(earlier.type).kind === 'interface';
      return !isInterface && (includesTerms([earlier], [term]) || includesTerms([term], [earlier]));
    });
    if (overlapping) context.typeError(term.node, 'the terms of this union overlap');
  }
}
