export function libraryTable(directory: string): string;
export function withLibrary(page: string, table: string): string;
