import { and, FALSE, not, type Term, TRUE } from '../encoding/index.js';
import type { Claim } from '../ir/index.js';
import { claimCondition, claimKeys, withToken } from './claims.js';
import { type Discipline, heldLock } from './discipline.js';
import type { HeldLock } from './leases.js';
import { guardedLocations, valueOfLocation } from './leases.js';
import type { Path } from './path.js';
import { assuming, knownOn } from './path.js';
import { isDone } from './settled.js';
import type { SymbolicState } from './state.js';
import { leaf } from './symbolic-domain.js';
import type { Theory } from './theory.js';
import type { ClaimWay, Demand } from './mode.js';

/** How tokens change hands (docs/decisions/0008-tokens.md). */
export class TokenSteps {
  constructor(
    private readonly theory: Theory,
    private readonly discipline: Discipline,
    private readonly self: Term,
  ) {}

  /**
   * Claims, gives and freezes that go with the step from `before` to `after`: on the paths where their conditions hold, and not on the others.
   * A claim is of a token that nobody has, so that its invariant held before the step, and that is not frozen.
   */
  claims(before: Path, after: Path): readonly ClaimWay[] {
    return before.claims.reduce<readonly ClaimWay[]>(
      (ways, claim) =>
        ways.flatMap(({ path, demands }) => {
          const condition = claimCondition(this.theory, before, after, claim);
          const taken = assuming(path, condition);
          const way =
            claim.kind === 'claim'
              ? this.claim(before, after, taken, claim)
              : this.give(before, after, taken, claim, claim.kind);
          const others = condition === TRUE ? [] : [{ path: assuming(path, not(condition)), demands }];
          return condition === FALSE
            ? others
            : [{ ...way, demands: [...demands, ...way.demands] }, ...others];
        }),
      [{ path: after, demands: [] }],
    );
  }

  private claim(before: Path, after: Path, path: Path, claim: Claim): ClaimWay {
    const lock = this.discipline.lockNamed(claim.token);
    const keys = claimKeys(this.theory, before, after, claim);
    const location = { variable: lock.locked, keys };
    const free = (state: SymbolicState): Term =>
      and([not(leaf(valueOfLocation(state, location))), not(isDone(lock, keys, state))]);
    const goal = and([free(before.state), free(path.state)]);
    const title = `nobody has the token ${lock.name} before this step${lock.done === null ? '' : ', and it is not frozen'}`;
    const demand: Demand = {
      code: 'claim',
      fact: lock.name,
      title,
      conjunct: null,
      hypotheses: knownOn(path),
      goal,
    };
    const locations = guardedLocations(this.theory, lock, keys);
    const held: HeldLock = { lock: lock.name, mode: 'exclusive', keys, locations };
    const known = assuming(path, ...this.discipline.lockInvariant(before, lock, keys));
    const state = withToken(path.state, lock, keys, { taker: this.self });
    return { path: { ...known, state, held: [...path.held, held] }, demands: [demand] };
  }

  private give(before: Path, after: Path, path: Path, claim: Claim, change: 'give' | 'freeze'): ClaimWay {
    const lock = this.discipline.lockNamed(claim.token);
    const keys = claimKeys(this.theory, before, after, claim);
    const released = heldLock(path.held, lock.name, keys);
    const state = withToken(path.state, lock, released?.keys ?? keys, change);
    const held = path.held.filter((each) => each !== released);
    return {
      path: { ...path, state, held },
      demands: [
        this.discipline.releasing(
          path,
          lock.name,
          keys,
          'exclusive',
          change === 'give' ? 'gives it back' : 'freezes it',
        ),
      ],
    };
  }
}
