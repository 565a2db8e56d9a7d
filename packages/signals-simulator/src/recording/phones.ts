/** Finds numbers of phones by their digits, whatever stands between these. */

/** So many last digits say whose the number is; before them come codes of countries, or a zero. */
const telling = 9;
const mostDigits = 16;

/** Nothing for a number that is so short that it stands for other things too. */
export const phoneKey = (text: string): string | undefined => {
  const digits = text.replace(/\D/g, '');
  return digits.length < 6 ? undefined : digits.slice(-telling);
};

/** Groups of digits with at most four signs between two of them. */
const groups = /(?<![\p{L}\d])\d+(?:[\s\p{Cf}\p{Pd}()./_]{1,4}\d+)*(?![\p{L}\d])/gu;

const severalNumbers = /[\p{L},;:|]+|\s\/\s/u;

export const createPhones = () => {
  const madeByKey = new Map<string, string>();

  const replaceInGroups = (text: string): string => {
    const numbers = [...text.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ digits, index }));
    const parts: string[] = [];
    let from = 0;
    for (const [first, { index }] of numbers.entries()) {
      if (index < from) continue;
      let digits = '';
      let found: { readonly end: number; readonly made: string } | undefined;
      for (const next of numbers.slice(first, first + mostDigits)) {
        digits += next.digits;
        if (digits.length > mostDigits) break;
        const made = madeByKey.get(phoneKey(digits) ?? '');
        if (made !== undefined) found = { end: next.index + next.digits.length, made };
      }
      if (found === undefined) continue;
      parts.push(text.slice(from, index), found.made);
      from = found.end;
    }
    return parts.join('') + text.slice(from);
  };
  return {
    /** The text may hold several numbers, or an extension: each number is found, too. */
    add(text: string, made: string) {
      for (const part of [...text.split(severalNumbers), text]) {
        const key = phoneKey(part);
        if (key !== undefined) madeByKey.set(key, made);
      }
    },
    replaceIn: (text: string): string => (madeByKey.size === 0 ? text : text.replace(groups, replaceInGroups)),
  };
};
