import type { Random } from './random.js';

const TOKEN =
  /`[^`]*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'|\d[\w.]*|[\p{L}_][\p{L}\p{Nd}_]*|\/\/[^\n]*|\/\*[^]*?\*\/|<<=|>>=|&\^=|\.\.\.|&&|\|\||<-|\+\+|--|==|!=|<=|>=|:=|<<|>>|&\^|[-+*/%&|^]=|[^\s]|\s+/gu;

const OTHER_TOKENS =
  '+ - * / % & | ^ &^ << >> && || ! == != < <= > >= = := += -= <<= ++ -- ( ) [ ] { } , ; : . ... \n if else for range switch case default break continue return fallthrough func var const type struct map interface defer go nil true false iota int uint8 int64 uint64 bool string len cap min max panic append make new _'.split(
    / /,
  );

const INTEGERS = '0 1 2 7 8 63 64 65 127 128 255 256 32768 65536 2147483648 4294967296'
  .split(' ')
  .concat(
    '9223372036854775807 9223372036854775808 18446744073709551615 18446744073709551616 0x1p4 1.0 1e3 1.5'.split(
      ' ',
    ),
    "'a' '\\xff' '\\377' \"a\" \"\\xff\" ``".split(' '),
    '-1 (1<<100>>98) 0b11 0o17 017 08 1_0 1__0 0_ 0x'.split(' '),
  );

const KINDS = ['delete', 'duplicate', 'swap', 'replace', 'identifier', 'literal', 'break', 'copy'] as const;

/** Changes one or two tokens of Go text. Text that looks like an annotation is none afterwards. */
export function mutate(random: Random, text: string): string {
  const plain = text.replaceAll(/(\/\/.*)@/g, '$1#');
  const first = mutateOnce(random, plain);
  return random.chance(0.25) ? mutateOnce(random, first) : first;
}

function mutateOnce(random: Random, text: string): string {
  const tokens = Array.from(text.matchAll(TOKEN), ([token]) => token);
  const places = [...tokens.keys()].filter((index) => !/^(\s|\/\/|\/\*)/.test(tokens[index] ?? ''));
  // The package clause stays.
  const inside = places.slice(2);
  if (inside.length < 2) return text;
  const index = random.pick(inside);
  const kind = random.pick(KINDS);
  const among = (pattern: RegExp): readonly number[] =>
    inside.filter((place) => pattern.test(tokens[place] ?? ''));
  const set = (place: number, token: string): string => tokens.with(place, token).join('');
  const here = tokens[index] ?? '';
  switch (kind) {
    case 'delete':
      return set(index, '');
    case 'duplicate':
      return set(index, `${here} ${here}`);
    case 'break':
      return set(index, `${here}\n`);
    case 'replace':
      return set(index, random.pick(OTHER_TOKENS));
    case 'copy':
      return set(index, tokens[random.pick(inside)] ?? '');
    case 'swap': {
      const other = random.pick(inside);
      return tokens
        .with(index, tokens[other] ?? '')
        .with(other, here)
        .join('');
    }
    case 'identifier': {
      const names = among(/^[\p{L}_]/u);
      return names.length < 2 ? text : set(random.pick(names), tokens[random.pick(names)] ?? '');
    }
    case 'literal': {
      const literals = among(/^[\d'"`]/);
      return literals.length === 0 ? text : set(random.pick(literals), random.pick(INTEGERS));
    }
  }
}
