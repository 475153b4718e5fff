/** A value that is there unless the tool has a bug: an element of a list, an entry of a table that the caller filled. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('missing value');
  return value;
}
