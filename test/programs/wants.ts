/** The comments of test programs that say which obligations are not proved where; README.md describes them. */

/** An obligation that is not proved, as far as a test program says it. */
export interface Want {
  readonly code: string;
  /** From 1. */
  readonly line: number;
}

const CODE = String.raw`[a-z]+(?:-[a-z]+)*`;
const ON_LINE = new RegExp(String.raw`\s*// want: (${CODE}(?:, ${CODE})*)$`);
const AT_LINE = new RegExp(String.raw`^// want: (${CODE}(?:, ${CODE})*) at "(.+)"$`);
const ANY_WANT = /\/\/ want\b/;
const ANNOTATION = /\/\/ ?@/;

/** What a program says. Throws where a comment is malformed or names no line or several. */
export function readWants(text: string): readonly Want[] {
  const lines = text.split('\n');
  return sorted(
    lines.flatMap((line, index) => {
      const atLine = AT_LINE.exec(line);
      const onLine = ON_LINE.exec(line);
      if (atLine === null && onLine === null) {
        if (ANY_WANT.test(line)) throw new Error(`line ${index + 1}: not understood: ${line}`);
        return [];
      }
      const place = atLine === null ? index + 1 : onlyLineWith(lines, String(atLine[2]));
      return String((atLine ?? onLine)?.[1])
        .split(', ')
        .map((code) => ({ code, line: place }));
    }),
  );
}

/** The program with comments that say `wants`, and no others. Lines of the program stay where they are. */
export function writeWants(text: string, wants: readonly Want[]): string {
  const lines = text
    .replaceAll(/\s*\/\/ want: .*/g, '')
    .trimEnd()
    .split('\n');
  const places = [...new Set(sorted(wants).map(({ line }) => line))];
  const end: string[] = [];
  for (const place of places) {
    const line = lines[place - 1];
    if (line === undefined) throw new Error(`there is no line ${place}`);
    const comment = `// want: ${sorted(wants.filter((want) => want.line === place))
      .map(({ code }) => code)
      .join(', ')}`;
    if (!ANNOTATION.test(line)) lines[place - 1] = `${line} ${comment}`;
    else end.push(`${comment} at "${nameOfLine(line)}"`);
  }
  return [...lines, ...(end.length === 0 ? [] : ['', ...end]), ''].join('\n');
}

/** Without the annotation mark: a comment that contains it is refused. */
function nameOfLine(line: string): string {
  const [before, after] = line.split(ANNOTATION);
  return before === undefined || before.trim() === '' ? String(after).trim() : before.trim();
}

/** The line that is named so; or else the one in which the name occurs. */
function onlyLineWith(lines: readonly string[], name: string): number {
  const numbersOf = (fits: (line: string) => boolean): readonly number[] =>
    lines.flatMap((line, index) => (fits(line) && !AT_LINE.test(line) ? [index + 1] : []));
  const [exact, ...more] = numbersOf((line) => nameOfLine(line) === name);
  if (exact !== undefined && more.length === 0) return exact;
  const [found, ...others] = numbersOf((line) => line.includes(name));
  if (found !== undefined && others.length === 0) return found;
  throw new Error(`not on one line: ${name}`);
}

/** In the order of lines, and each once. */
export function sorted(wants: readonly Want[]): readonly Want[] {
  const key = ({ line, code }: Want): string => `${String(line).padStart(6)} ${code}`;
  return [...new Map(wants.map((want) => [key(want), want]))]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, want]) => want);
}
