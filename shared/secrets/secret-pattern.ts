/** Finds a secret in a text, however it is spelled there (spellings.ts). */
import { mostBytesOf, type Spelling, spellingsOf } from './spellings.ts';

export type SecretPattern = {
  /** @param text bytes as Latin-1. */
  readonly isIn: (text: string) => boolean;
  /** The text with every occurrence replaced by asterisks. */
  readonly mask: (text: string) => string;
  /** No occurrence is longer, in bytes. */
  readonly mostBytes: number;
};

/** Shorter texts occur by chance, and are no secrets. */
const leastCharacters = 8;
const asterisks = '********';
const longestEscapeStart = 32;

type Span = { readonly start: number; readonly end: number };

const matchesAt = (expression: RegExp, text: string, index: number): boolean => {
  expression.lastIndex = index;
  return expression.test(text);
};

/** Where the next unit may begin: here, or after what may stand before it. */
const startsOf = (between: RegExp, text: string, at: number): number[] => {
  if (!matchesAt(between, text, at)) return [at];
  const once = between.lastIndex;
  return matchesAt(between, text, once) ? [at, once, between.lastIndex] : [at, once];
};

/** Where an occurrence that begins here ends; undefined when none does. A unit may match in several ways: all are followed. */
const endOf = ({ units, between }: Spelling, text: string, start: number): number | undefined => {
  let ends = new Set([start]);
  for (const unit of units) {
    const next = new Set<number>();
    for (const at of ends) {
      for (const from of startsOf(between, text, at)) {
        for (const form of unit) if (matchesAt(form, text, from)) next.add(form.lastIndex);
      }
    }
    if (next.size === 0) return undefined;
    ends = next;
  }
  return Math.max(...ends);
};

const isBase64Character = (character: string | undefined): boolean =>
  character !== undefined && /^[\w+/-]$/.test(character);

/** Takes what belongs to an occurrence besides: in base64 the first and last bits, else what begins an escape. */
const widened = (text: string, { start, end }: Span, isBase64: boolean): Span => {
  if (!isBase64) {
    const before = /(?:\\+|&(?:amp;)*)$/.exec(text.slice(Math.max(0, start - longestEscapeStart), start));
    return { start: start - (before?.[0].length ?? 0), end };
  }
  let [first, last] = [start, end];
  while (first > start - 2 && isBase64Character(text[first - 1])) first -= 1;
  while (last < end + 2 && isBase64Character(text[last])) last += 1;
  return { start: first, end: last };
};

const withoutSpans = (text: string, spans: readonly Span[]): string => {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of spans) {
    if (start >= done) pieces.push(text.slice(done, start), asterisks);
    done = Math.max(done, end);
  }
  return [...pieces, text.slice(done)].join('');
};

const createPattern = (secret: string): SecretPattern => {
  const own = Buffer.from(secret, 'utf8').toString('latin1');
  if (own.length < leastCharacters) return { isIn: () => false, mask: (text) => text, mostBytes: 0 };
  const spellings = spellingsOf(own);
  const starts = new RegExp(spellings.map(({ start }) => start).join('|'), 'g');

  const occurrences = function* (text: string): Generator<Span> {
    starts.lastIndex = 0;
    for (let found = starts.exec(text); found; found = starts.exec(text)) {
      const start = found.index;
      for (const spelling of spellings) {
        const end = endOf(spelling, text, start);
        if (end !== undefined) yield widened(text, { start, end }, spelling.isBase64);
      }
      starts.lastIndex = start + 1;
    }
  };

  return {
    // No spelling is shorter than the secret itself.
    isIn: (text) => text.length >= own.length && occurrences(text).next().done === false,
    mask: (text) =>
      withoutSpans(
        text,
        [...occurrences(text)].sort((one, other) => one.start - other.start),
      ),
    mostBytes: mostBytesOf(own),
  };
};

const mostPatterns = 256;
const patterns = new Map<string, SecretPattern>();

/** The pattern of a secret, made once: an instance calls with a few secrets, thousands of times. */
export const patternOf = (secret: string): SecretPattern => {
  const known = patterns.get(secret);
  if (known) return known;
  if (patterns.size >= mostPatterns) patterns.delete(patterns.keys().next().value as string);
  const pattern = createPattern(secret);
  patterns.set(secret, pattern);
  return pattern;
};
