/** HTTP dates in the three forms of RFC 9110, 5.6.7; anything else is no date. */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const fixed = /^[a-z]{3}, (\d\d) ([a-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) gmt$/;
const rfc850 = /^[a-z]{6,9}, (\d\d)-([a-z]{3})-(\d\d) (\d\d):(\d\d):(\d\d) gmt$/;
const asctime = /^[a-z]{3} ([a-z]{3}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/;

/** A two-digit year more than 50 years ahead means the past century. */
const fullYear = (twoDigits: number, nowMillis: number): number => {
  const thisYear = new Date(nowMillis).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
};

type Parts = readonly [year: number, month: string, day: string, hour: string, minute: string, second: string];

const partsOf = (text: string, nowMillis: number): Parts | undefined => {
  const [, day, month, year, hour, minute, second] = fixed.exec(text) ?? [];
  if (year) return [Number(year), month, day, hour, minute, second] as Parts;
  const [, day2, month2, year2, ...time2] = rfc850.exec(text) ?? [];
  if (year2) return [fullYear(Number(year2), nowMillis), month2, day2, ...time2] as unknown as Parts;
  const [, month3, day3, hour3, minute3, second3, year3] = asctime.exec(text) ?? [];
  return year3 ? ([Number(year3), month3, day3, hour3, minute3, second3] as Parts) : undefined;
};

/** Epoch milliseconds; undefined for what is not an HTTP date. Case is forgiven, shape is not. */
export const parseHttpDate = (text: string | undefined, nowMillis: number): number | undefined => {
  const parts = text === undefined ? undefined : partsOf(text.trim().toLowerCase(), nowMillis);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts;
  if (!months.includes(month)) return undefined;
  return Date.UTC(year, months.indexOf(month), Number(day), Number(hour), Number(minute), Number(second));
};
