/** Cells of a CSV file that people open in a spreadsheet. */

/** A spreadsheet runs a cell as a formula that begins so; its full-width forms too (CWE-1236). */
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/** A negative number is no formula. */
const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const toQuote = /[",\r\n]/;

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** A text that a spreadsheet would run gets a leading `'`. Numbers stay as they are. */
export const csvCell = (value: unknown): string => {
  const text = textOf(value);
  const safe = formula.test(text) && !number.test(text) ? `'${text}` : text;
  return toQuote.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** With its end (RFC 4180). */
export const csvRecord = (values: readonly unknown[]): string => `${values.map(csvCell).join(',')}\r\n`;
