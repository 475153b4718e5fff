import type { Term } from '../encoding/index.js';
import { and, equal, not } from '../encoding/index.js';
import type { Operation, StateVariable } from '../ir/index.js';
import { notOwned } from './claims.js';
import { condensed } from './condense.js';
import type { Discipline } from './discipline.js';
import type { Fact } from './facts.js';
import { definedness } from './ghost.js';
import { reliedUpon } from './guarantees.js';
import type { SymbolicValue } from './layout.js';
import { symbolicConstant } from './layout.js';
import type { HeldLock } from './leases.js';
import { forgetUnleased, readersOf, valueOfLocation } from './leases.js';
import type { LoopFootprint } from './loops.js';
import type { Path } from './path.js';
import { assuming } from './path.js';
import { settledFacts } from './settled.js';
import type { SymbolicState } from './state.js';
import { leaf } from './symbolic-domain.js';
import type { Theory } from './theory.js';

/** What a thread still knows once others have moved: of what it has leases on everything, of the rest what always holds. */
export class Interference {
  /** What calls of the machine have keys of. */
  private readonly addressed: readonly string[];

  constructor(
    private readonly theory: Theory,
    private readonly discipline: Discipline,
    private readonly operation: Operation,
    private readonly self: Term,
    private readonly frozen: ReadonlySet<string>,
    private readonly relevant: ReadonlySet<Fact> | null,
  ) {
    this.addressed = theory.system.state
      .filter((variable) => variable.side === 'machine' && variable.origin === 'layer')
      .map((variable) => variable.name);
  }

  /** Others move while the thread holds the locks `throughout`: its leases are those of these locks only. */
  move(path: Path, throughout: readonly HeldLock[]): Path {
    const leases = this.discipline.leasesOf(throughout);
    const variables = new Map(path.state.variables);
    const same: Term[] = [];
    for (const variable of this.theory.system.state) {
      const value = path.state.variables.get(variable.name);
      if (value === undefined || this.isFrozen(variable)) continue;
      const forgotten = forgetUnleased(this.theory, variable, value, leases);
      variables.set(variable.name, forgotten.value);
      same.push(...forgotten.known);
    }
    const pending = this.theory.pendingTable.forgetOthers(
      path.state.pending,
      this.self,
      this.theory.freshName('pending'),
    );
    const state = { variables, pending };
    same.push(...settledFacts(this.theory, path.state, state));
    const kept = reliedUpon(this.theory, throughout, leases, path.state, state);
    const counted = throughout
      .filter((each) => each.mode === 'shared')
      .map((each) => this.isHeld(each, state));
    const known = condensed(path.ambient, path, (operation) => this.keyed(operation));
    const remembered = { ...assuming(path, ...same, ...known, ...kept, ...counted), state };
    return this.known(remembered, path.state);
  }

  /** The variables that arguments of the operation are keys of. */
  private keyed(name: string): readonly string[] | null {
    const operation = this.theory.system.machineOperations.find((each) => each.name === name);
    const role = operation?.role;
    if (operation !== undefined && role?.kind === 'layer')
      return [...this.addressed, ...this.theory.accessedVariables(operation)];
    return role?.kind === 'load' || role?.kind === 'store' ? [role.variable] : null;
  }

  private isFrozen(variable: StateVariable): boolean {
    return variable.origin === 'memory' && this.frozen.has(variable.name);
  }

  /** What always holds of a state, and that the op's next section is defined. */
  private known(path: Path, before: SymbolicState): Path {
    const { status } = path;
    const notMine = notOwned(this.theory, path.held, this.self, path.state);
    const defined =
      status.kind === 'pending'
        ? [
            definedness(this.theory, path.state, {
              operation: this.operation,
              section: status.section,
              locals: status.locals,
            }),
          ]
        : [];
    const moments = [...path.moments, path.state];
    return {
      ...path,
      moments,
      ambient: [...this.theory.invariantsOf(path.state, before, this.relevant), ...notMine, ...defined],
    };
  }

  /**
   * At a loop head, in addition to what others do: what the body may change of the leased locations, and everything that a lock
   * guards that the body releases, because others may have held it meanwhile.
   */
  forgetBody(path: Path, footprint: LoopFootprint): Path {
    const variables = new Map(path.state.variables);
    for (const variable of this.theory.system.state) {
      if (!footprint.variables.has(variable.name) || variable.origin === 'lock') continue;
      variables.set(variable.name, symbolicConstant(this.theory.freshName(variable.name), variable.type));
    }
    const throughout = path.held.filter((held) => !footprint.locks.has(held.lock));
    const head = this.move({ ...path, state: { ...path.state, variables } }, throughout);
    return assuming(head, ...path.held.map((held) => this.isHeld(held, head.state)));
  }

  /** What the state of a lock says while the thread holds it: it is locked and not shared, or not locked and somebody shares it. */
  private isHeld({ lock: name, mode, keys }: HeldLock, state: SymbolicState): Term {
    const lock = this.discipline.lockNamed(name);
    const locked = leaf(valueOfLocation(state, { variable: lock.locked, keys }));
    if (lock.owner !== null) return and([locked, this.isMine(lock.owner, keys, state)]);
    return mode === 'exclusive'
      ? and([locked, readersOf(lock, keys, state, 'none')])
      : and([not(locked), readersOf(lock, keys, state, 'some')]);
  }

  private isMine(owner: string, keys: readonly SymbolicValue[], state: SymbolicState): Term {
    return equal(leaf(valueOfLocation(state, { variable: owner, keys })), this.self);
  }
}
