/** Whether other packages may use the name: its first letter is an upper-case one. */
export function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}
