interface Refusal {
  readonly construct: string;
  readonly hint: string;
}

export declare function refusalsTable(refusals: Readonly<Record<string, Refusal>>): string;
export declare function withTable(page: string, table: string): string;

export declare function withUnverifiedTable(page: string, table: string): string;
