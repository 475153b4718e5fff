export function libraryTable(root: string): string;
export function withLibrary(page: string, table: string): string;
