/** Texts that a terminal may show. */

/** Characters that would steer a terminal, or turn the order of a line: texts of other people may hold them. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
export const printable = (text: string): string =>
  text.replace(unsafe, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

const codeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON in one line. Characters that a terminal would obey are escaped as JSON has it, so that a reader gets them back. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value).replace(unsafe, (character) => character.split('').map(codeUnit).join(''));
