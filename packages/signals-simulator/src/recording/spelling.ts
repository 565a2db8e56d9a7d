/** Spellings that stand for each other in a search. */

export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The name of a member without capitals and signs: `createdBy` and `created_by` are equal. */
export const foldedName = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

/** At most 30 marks on a letter, as in Unicode's Stream-Safe Text Format: their order takes the square of their number. */
const withFewMarks = (text: string): string => text.replace(/(\p{M}{30})\p{M}+/gu, '$1');

/** Letters composed with their marks, or taken apart. */
export const normalized = (text: string, form: 'NFC' | 'NFD'): string => withFewMarks(text).normalize(form);

/** Equal for words that differ in capitals, accents, the dot of a Turkish i or signs that nobody sees. */
export const foldedWord = (word: string): string =>
  /^[a-z\d]*$/.test(word)
    ? word
    : normalized(word, 'NFD')
        .replace(/[\p{M}\p{Cf}]/gu, '')
        .toUpperCase()
        .toLowerCase();

const reference = '&(?:amp;)*(?:#0*39|#x0*27|apos);';
/** An apostrophe that is written as a reference of HTML, which is no word, or a word. */
const wordSource = `${reference}|[\\p{L}\\p{N}\\p{M}\\p{Cf}]+`;

const references = new RegExp(reference, 'gi');

/** References to apostrophes as apostrophes. */
export const plainApostrophes = (text: string): string => text.replace(references, "'");

/** A new expression at each call, since it remembers its place. */
export const wordPattern = (): RegExp => new RegExp(wordSource, 'giu');

export interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** The first words of the text. */
export const wordsOf = (text: string, most = Number.POSITIVE_INFINITY): readonly Word[] => {
  const words: Word[] = [];
  for (const { 0: word, index } of text.matchAll(wordPattern())) {
    if (!word.startsWith('&')) words.push({ folded: foldedWord(word), start: index, end: index + word.length });
    if (words.length >= most) break;
  }
  return words;
};

/** Between the words of a name stand at most two signs: `O'Neil`, `O’Neil`, `M. Lind`, with any blanks. */
export const isGapOfName = (gap: string): boolean =>
  gap.length <= 2 || plainApostrophes(gap).replace(/\s+/g, ' ').length <= 2;

/** Equal for equal words, whatever stands between them. */
export const keyOf = (words: readonly Word[]): string => words.map(({ folded }) => folded).join(' ');
