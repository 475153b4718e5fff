/** What a search leaves out. Each part is sound, alone and with the others; tests switch parts off to compare. */
export interface Reductions {
  /** States that differ only in the order of threads are one. */
  readonly threads: boolean;
  /** States that differ only in the names of interchangeable addresses are one. */
  readonly addresses: boolean;
  /** States that differ only in the names of blocks are one. */
  readonly values: boolean;
  /** Steps that commute with all that others can do meanwhile are merged with those next to them. */
  readonly partialOrder: boolean;
}

export const ALL_REDUCTIONS: Reductions = {
  threads: true,
  addresses: true,
  values: true,
  partialOrder: true,
};
