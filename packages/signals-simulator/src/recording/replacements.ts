/** The replacement of each personal detail, the same one everywhere, and the search for details in texts. */
import { isCommon, type Kind } from './details.ts';
import { createPhones, phoneKey } from './phones.ts';
import { foldedWord, isGapOfName, keyOf, type Word, wordPattern, wordsOf } from './spelling.ts';

/** Looked for in all texts, as phones are by their digits. The others are replaced in their members only, because they are short or common words. */
const soughtKinds: ReadonlySet<Kind> = new Set(['given', 'family', 'user', 'organization']);

const replacementOf: Readonly<Record<Kind, (number: number) => string>> = {
  email: (number) => `person${number}@example.com`,
  given: (number) => `Given${number}`,
  family: (number) => `Family${number}`,
  user: (number) => `user${number}`,
  alias: (number) => `A${number}`,
  organization: (number) => `Organization ${number}`,
  country: (number) => `Country ${number}`,
  phone: (number) => `000-${number}`,
  private: (number) => `Private ${number}`,
  other: (number) => `Text ${number}`,
};

const address = String.raw`[\p{L}\p{N}_][\p{L}\p{M}\p{N}._%+'’-]{0,127}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`;
export const addresses = new RegExp(address, 'gu');
const wholeAddress = new RegExp(`^${address}$`, 'u');
export const isAddress = (text: string): boolean => wholeAddress.test(text);

/** A replacement is not replaced again. */
const ownAddress = /^person\d+@example\.com$/;

/** One letter or a short number would be found everywhere. */
const isSought = (kind: Kind, text: string): boolean =>
  soughtKinds.has(kind) && (/^\d{5,}$/.test(text) || /\p{L}.*\p{L}/su.test(text)) && !isCommon(text);

/** Names are looked for in so many signs. */
const longestName = 400;

/** Names by their words. A search looks up each word of the text, however many names there are. */
const createNames = () => {
  const replacementOfWords = new Map<string, string>();
  /** How many words the names have that begin with a word; the most first. */
  const countsByFirst = new Map<string, readonly number[]>();

  /** The longest name that the text begins with. */
  const at = (text: string, counts: readonly number[]): { readonly end: number; readonly made: string } | undefined => {
    const words = wordsOf(text, counts[0]);
    const isFarApart = ({ start }: Word, index: number) =>
      index > 0 && !isGapOfName(text.slice(words[index - 1]?.end, start));
    const most = words.findIndex(isFarApart);
    const near = most < 0 ? words : words.slice(0, most);
    for (const count of counts) {
      const made = count <= near.length ? replacementOfWords.get(keyOf(near.slice(0, count))) : undefined;
      if (made !== undefined) return { made, end: near[count - 1]?.end ?? 0 };
    }
    return undefined;
  };
  return {
    get: (text: string) => replacementOfWords.get(keyOf(wordsOf(text))),
    add(text: string, made: string) {
      const words = wordsOf(text);
      const first = words[0]?.folded ?? '';
      const counts = new Set([...(countsByFirst.get(first) ?? []), words.length]);
      replacementOfWords.set(keyOf(words), made);
      countsByFirst.set(
        first,
        [...counts].toSorted((a, b) => b - a),
      );
    },
    replaceIn(text: string): string {
      const pattern = wordPattern();
      const parts: string[] = [];
      let from = 0;
      for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
        const counts = countsByFirst.get(foldedWord(found[0]));
        const name = counts && at(text.slice(found.index, found.index + longestName), counts);
        if (name === undefined) continue;
        parts.push(text.slice(from, found.index), name.made);
        from = found.index + name.end;
        pattern.lastIndex = from;
      }
      return parts.length === 0 ? text : parts.join('') + text.slice(from);
    },
  };
};

export interface Replacements {
  of(kind: Kind, text: string): string;
  /** The text with each detail that was given to `of` replaced, and each e-mail address. */
  inText(text: string): string;
}

export const createReplacements = (): Replacements => {
  const byKind = new Map<Kind, Map<string, string>>();
  const names = createNames();
  const phones = createPhones();

  const make = (kind: Kind, key: string): string => {
    const known = byKind.get(kind) ?? new Map<string, string>();
    byKind.set(kind, known);
    const made = known.get(key) ?? replacementOf[kind](known.size + 1);
    known.set(key, made);
    return made;
  };
  const of = (kind: Kind, text: string): string => {
    if (kind === 'email') return ownAddress.test(text) ? text : make(kind, text.toLowerCase());
    if (kind === 'phone') {
      const made = make(kind, phoneKey(text) ?? text);
      phones.add(text, made);
      return made;
    }
    const key = keyOf(wordsOf(text)) || text;
    if (!isSought(kind, text)) return make(kind, key);
    const known = names.get(text);
    if (known !== undefined) return known;
    const made = make(kind, key);
    names.add(text, made);
    return made;
  };
  const inText = (text: string) =>
    names.replaceIn(phones.replaceIn(text.replace(addresses, (found) => of('email', found))));
  return { of, inText };
};
