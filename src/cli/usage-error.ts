/** The command line, a file that it names, or the terminal cannot be used: a message for the user, exit status 4. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(
    message: string,
    /** What to write instead. */
    readonly hint: string | null = null,
  ) {
    super(message);
  }
}
