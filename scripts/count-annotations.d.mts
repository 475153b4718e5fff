export interface LineCount {
  readonly annotations: number;
  readonly goLines: number;
}

export interface ExampleCount extends LineCount {
  readonly name: string;
  readonly budget: number;
  /** Places of annotation lines that are too long, as `file:line`. */
  readonly tooLong: readonly string[];
  readonly ok: boolean;
}

export declare const BUDGETS: Readonly<Record<string, number>>;
export declare const LONGEST_LINE: number;
export declare function countLines(text: string): LineCount & { readonly tooLong: readonly number[] };
export declare function countPackage(folder: string): LineCount & { readonly tooLong: readonly string[] };
export declare function countExamples(root: string): ExampleCount[];
