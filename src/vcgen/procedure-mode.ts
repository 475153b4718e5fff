import type { Procedure } from '../ir/index.js';
import { promises, smaller } from './contracts.js';
import type { GhostStep } from './ghost.js';
import { noGhostStep } from './ghost.js';
import type { SymbolicValue } from './layout.js';
import type { Path } from './path.js';
import type { Theory } from './theory.js';
import type { Demand, Mode } from './mode.js';

/** Rules for a function that is verified on its own: it takes no step, so that whatever others do concerns it nowhere. */
export class ProcedureMode implements Mode {
  readonly name: string;
  readonly ghostAtBackEdge = false;

  constructor(
    private readonly theory: Theory,
    private readonly procedure: Procedure,
    /** What it was called with. */
    private readonly args: readonly SymbolicValue[],
  ) {
    this.name = procedure.name;
  }

  entry(): never {
    throw this.noSteps();
  }

  permissions(): never {
    throw this.noSteps();
  }

  leases(): never {
    throw this.noSteps();
  }

  claims(): never {
    throw this.noSteps();
  }

  ghostSteps(): never {
    throw this.noSteps();
  }

  facts(): never {
    throw this.noSteps();
  }

  interference(): never {
    throw this.noSteps();
  }

  /** All that it can reach is in its locals. */
  forgetBody(path: Path): Path {
    return path;
  }

  spawned(): never {
    throw this.noSteps();
  }

  ended(): never {
    throw this.noSteps();
  }

  private noSteps(): Error {
    return new Error(`${this.name} takes a step`);
  }

  ghostDemands(): readonly Demand[] {
    return [];
  }

  recursion(path: Path, callee: Procedure, args: readonly SymbolicValue[]): readonly Demand[] {
    return smaller(this.theory, path, this.procedure, this.args, callee, args);
  }

  finish(
    path: Path,
    values: readonly SymbolicValue[],
  ): readonly { path: Path; demands: readonly Demand[]; step: GhostStep }[] {
    const demands = promises(this.theory, path, this.procedure, values);
    return [{ path, demands, step: noGhostStep(path.state, path.status) }];
  }
}
