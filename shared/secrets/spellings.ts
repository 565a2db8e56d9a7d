/** The spellings in which a text can hold a secret: plain, escaped character by character, in hexadecimal and in base64. */

/** One character in one spelling: expressions that match it where they are set to (sticky). */
type Unit = readonly RegExp[];

export type Spelling = {
  /** Matches where an occurrence begins, and in a text without the secret hardly anywhere. */
  readonly start: string;
  readonly units: readonly Unit[];
  /** What may stand before each unit, the first included, up to twice. Sticky. */
  readonly between: RegExp;
  /** The characters around an occurrence hold the first and last bits of the secret. */
  readonly isBase64: boolean;
};

/** Characters with a name in HTML that a secret may hold. */
const entityNames: Readonly<Record<string, string>> = {
  '"': 'quot',
  "'": 'apos',
  '+': 'plus',
  '/': 'sol',
  '<': 'lt',
  '=': 'equals',
  '>': 'gt',
};

const hexOf = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0');

const literal = (character: string): string => (/[A-Za-z0-9]/.test(character) ? character : `\\x${hexOf(character)}`);

/** Hexadecimal digits in either case. */
const anyCase = (digits: string): string => digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);

const sticky = (source: string): RegExp => new RegExp(source, 'y');

/** Makes each unit once: all secrets are made of the same characters. */
const remembered = (make: (character: string) => Unit): ((character: string) => Unit) => {
  const known = new Map<string, Unit>();
  return (character) => {
    const unit = known.get(character) ?? make(character);
    known.set(character, unit);
    return unit;
  };
};

/**
 * A character as it is, percent-encoded up to four times, as an escape of JSON or JavaScript, or as a reference of HTML or XML.
 * One text may mix all of them: whoever encodes leaves most characters as they are.
 */
const formsOf = (character: string) => {
  const hex = anyCase(hexOf(character));
  const name = entityNames[character];
  return {
    plain: [
      literal(character),
      `%(?:(?:25){0,3}|u00)${hex}`,
      ...(character === ' ' ? ['\\x2b'] : []),
      ...(character === '&' ? ['&(?:amp;){1,4}'] : []),
    ],
    /** After a backslash. */
    slashed: `(?:u00|x)${hex}`,
    /** After an ampersand. */
    reference: `(?:#(?:0{0,6}${character.charCodeAt(0)}|[xX]0{0,6}${hex});?${name === undefined ? '' : `|${name};`})`,
  };
};

/** The backslash or ampersand in front counts as what stands before. */
const characterUnit = remembered((character) => {
  const { plain, slashed, reference } = formsOf(character);
  return [...plain, slashed, reference].map(sticky);
});

const backslashes = '\\\\{1,16}';
const ampersand = '&(?:amp;){0,3}';
/** Zeros of UTF-16 and UTF-32; backslashes, which double with each JSON text inside of another; the start of a reference. */
const beforeCharacter = sticky(`\\x00{1,3}|${backslashes}|${ampersand}`);

/** So many units that stand as they are make a place worth a closer look. */
const startUnits = 4;

/** The first unit, then the next ones as they are, or what interrupts them: that is looked at more closely in any case. */
const startOf = (first: string, literals: readonly string[], interrupting: string): string => {
  const rest = literals
    .slice(1, startUnits)
    .reduceRight((following, one) => `(?:[${interrupting}]|${one}${following})`, '');
  return first + rest;
};

/** Only whole escapes begin an occurrence: `u`, `x` and `#` alone are all over a text. */
const firstSource = (character: string): string => {
  const { plain, slashed, reference } = formsOf(character);
  return `(?:${[...plain, `\\\\${slashed}`, ampersand + reference].join('|')})`;
};

const hexUnit = remembered((character) => [sticky(anyCase(hexOf(character)))]);
const beforeHex = sticky('[ :-]');

/** Both alphabets (RFC 4648, 4 and 5). Only those that are no letters are ever escaped. */
const base64Unit = remembered((character) => {
  if (character === '+') return [...characterUnit('+'), sticky('-')];
  return character === '/' ? [...characterUnit('/'), sticky('_')] : [sticky(character)];
});

/** Line breaks, raw or escaped, as in MIME and PEM; a backslash before a slash. */
const beforeBase64 = sticky(`(?:[\\r\\n]|\\\\{1,4}[rn]){1,2}[ \\t]{0,2}|${backslashes}|${ampersand}`);

/** The part of a base64 text that a secret determines, when `before` bytes (0 to 2) of its first group precede it. */
const base64Core = (text: string, before: number): string => {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text, 'latin1')]);
  const first = Math.ceil((before * 8) / 6);
  return bytes.toString('base64').slice(first, Math.floor((bytes.byteLength * 8) / 6));
};

const charactersOf = (text: string): Spelling => ({
  start: startOf(firstSource(text[0] as string), Array.from(text, literal), '\\x00\\\\&%+'),
  units: Array.from(text, characterUnit),
  between: beforeCharacter,
  isBase64: false,
});

const hexadecimalOf = (text: string): Spelling => {
  const pairs = Array.from(text, (character) => anyCase(hexOf(character)));
  return {
    start: startOf(pairs[0] as string, pairs, ' :-'),
    units: Array.from(text, hexUnit),
    between: beforeHex,
    isBase64: false,
  };
};

const inBothAlphabets: Readonly<Record<string, string>> = { '+': '[+-]', '/': '[/_]' };

const base64Of = (text: string, before: number): Spelling => {
  const core = Array.from(base64Core(text, before));
  const literals = core.map((character) => inBothAlphabets[character] ?? character);
  const [first = ''] = core;
  const start = first in inBothAlphabets ? `(?:${firstSource(first)}|${literals[0]})` : first;
  return {
    start: startOf(start, literals, '\\r\\n\\\\&%'),
    units: core.map(base64Unit),
    between: beforeBase64,
    isBase64: true,
  };
};

/** @param text the secret's bytes as Latin-1. */
export const spellingsOf = (text: string): readonly Spelling[] => [
  charactersOf(text),
  hexadecimalOf(text),
  ...[0, 1, 2].map((before) => base64Of(text, before)),
];

/** Room for an occurrence of a secret as encoders write it, in bytes: 14 a character in JSON within JSON within JSON within JSON. */
export const mostBytesOf = (text: string): number => text.length * 16 + 1_024;
