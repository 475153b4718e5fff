export { BOOL_SORT, type Sort, arraySort, bitvectorSort, uninterpretedSort } from './sort.js';
export {
  type BitvectorOperator,
  FALSE,
  TRUE,
  type Term,
  type TermOf,
  bitvector,
  boundVariable,
  constant,
  freshBound,
} from './term.js';
export { and, implies, not, or } from './boolean.js';
export {
  bv,
  bvComplement,
  bvLess,
  bvLessEqual,
  bvNegate,
  extract,
  signExtend,
  zeroExtend,
} from './bitvector.js';
export { equal, ite } from './equality.js';
export { constantArray, piecewise, select, shifted, splice, store } from './array.js';
export { apply, BLOCK_SORT } from './function.js';
export { exists, forall, freeConstants, substitute } from './quantifier.js';
export { valuesUsing } from './instantiate.js';
export { type PreparedQuery, type Query, prepare } from './query.js';
export { type Model, type ModelValue } from './model.js';
export {
  type Answer,
  type AnswerStatistics,
  type Solver,
  type SolverOptions,
  type SolverStatistics,
  createSolver,
  withCheck,
} from './solver.js';
