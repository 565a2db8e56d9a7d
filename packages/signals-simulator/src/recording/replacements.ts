/** The replacement of each personal detail, the same one everywhere, and the search for details in texts. */
import { isCommon, type Kind } from './details.ts';
import { foldedText, foldedWord, isGapOfName, wordPattern, wordsOf } from './spelling.ts';

/** Looked for in all texts. The others are replaced in their members only, because they are short or common words. */
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
  soughtKinds.has(kind) && (/^\d{5,}$/.test(text) || /\p{L}.*\p{L}/u.test(text)) && !isCommon(text);

interface Name {
  readonly words: readonly string[];
  readonly made: string;
}
/** Names are looked for in so many signs. */
const longestName = 400;

/** Where the name ends in the text, which begins with its first word. */
const endOf = (text: string, { words }: Name): number | undefined => {
  const found = wordsOf(text).slice(0, words.length);
  const isEqual = words.every((word, index) => {
    const before = found[index - 1]?.end ?? 0;
    return found[index]?.folded === word && isGapOfName(text.slice(before, found[index]?.start));
  });
  return isEqual ? found.at(-1)?.end : undefined;
};

/** Names by their first word: a search looks up each word of the text once, however many names there are. */
const createNames = () => {
  const byFirst = new Map<string, Name[]>();
  const at = (text: string): { readonly end: number; readonly made: string } | undefined => {
    for (const name of byFirst.get(wordsOf(text)[0]?.folded ?? '') ?? []) {
      const end = endOf(text, name);
      if (end !== undefined) return { end, made: name.made };
    }
    return undefined;
  };
  return {
    add(text: string, made: string) {
      const words = wordsOf(text).map(({ folded }) => folded);
      const names = [...(byFirst.get(words[0] ?? '') ?? []), { words, made }];
      byFirst.set(
        words[0] ?? '',
        names.toSorted((a, b) => b.words.length - a.words.length),
      );
    },
    replaceIn(text: string): string {
      const pattern = wordPattern();
      const parts: string[] = [];
      let from = 0;
      for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
        if (!byFirst.has(foldedWord(found[0]))) continue;
        const name = at(text.slice(found.index, found.index + longestName));
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
  const sought = new Map<string, string>();
  const names = createNames();

  const make = (kind: Kind, key: string): string => {
    const known = byKind.get(kind) ?? new Map<string, string>();
    byKind.set(kind, known);
    const made = known.get(key) ?? replacementOf[kind](known.size + 1);
    known.set(key, made);
    return made;
  };
  const of = (kind: Kind, text: string): string => {
    if (kind === 'email') return ownAddress.test(text) ? text : make(kind, text.toLowerCase());
    const key = foldedText(text);
    if (!isSought(kind, text)) return make(kind, key);
    const made = sought.get(key) ?? make(kind, key);
    if (!sought.has(key)) names.add(text, made);
    sought.set(key, made);
    return made;
  };
  return { of, inText: (text) => names.replaceIn(text.replace(addresses, (found) => of('email', found))) };
};
