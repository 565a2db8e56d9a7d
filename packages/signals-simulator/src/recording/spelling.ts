/** Spellings that stand for each other in a search. */

export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The name of a member without capitals and signs: `createdBy` and `created_by` are equal. */
export const foldedName = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

/** Equal for words that differ in capitals, accents, the dot of a Turkish i or signs that nobody sees. */
export const foldedWord = (word: string): string =>
  /^[a-z\d]*$/.test(word)
    ? word
    : word
        .normalize('NFD')
        .replace(/[\p{M}\p{Cf}]/gu, '')
        .toUpperCase()
        .toLowerCase();

const reference = '&(?:amp;)*(?:#0*39|#x0*27|apos);';
/** An apostrophe that is written as a reference of HTML, which is no word, or a word. */
const wordSource = `${reference}|[\\p{L}\\p{N}\\p{M}\\p{Cf}]+`;

/** References to apostrophes as apostrophes. */
export const plainApostrophes = (text: string): string => text.replace(new RegExp(reference, 'gi'), "'");

/** A new expression at each call, since it remembers its place. */
export const wordPattern = (): RegExp => new RegExp(wordSource, 'giu');

export interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

export const wordsOf = (text: string): readonly Word[] =>
  [...text.matchAll(wordPattern())].flatMap(({ 0: word, index }) =>
    word.startsWith('&') ? [] : [{ folded: foldedWord(word), start: index, end: index + word.length }],
  );

/** Between the words of a name stand at most two signs: `O'Neil`, `O’Neil`, `M. Lind`, with any blanks. */
export const isGapOfName = (gap: string): boolean => plainApostrophes(gap).replace(/\s+/g, ' ').length <= 2;

/** Equal for texts of equal words. */
export const foldedText = (text: string): string =>
  wordsOf(text)
    .map(({ folded }) => folded)
    .join(' ') || text;
