/** Texts that a terminal may show. */

/** Characters that would steer a terminal, or turn the order of a line: texts of other people may hold them. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
export const printable = (text: string): string =>
  text.replace(unsafe, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
