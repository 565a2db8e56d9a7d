/**
 * When a schedule runs next: `rate(5 minutes)`, `cron(0 8 ? * MON-FRI *)`, `at(2026-01-31T08:00:00)`, as EventBridge
 * writes them (EventBridge Scheduler user guide, "Schedule types").
 */
import { TwinError } from '../twin-error.ts';

/** The next run strictly after an instant (epoch milliseconds); undefined when there is none any more. */
export type NextRun = (afterMillis: number) => number | undefined;

const unitMillis: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const dayMillis = 86_400_000;
/** Leap days on a given weekday come back within 28 years, 40 across a skipped leap year. */
const horizonDays = 366 * 40;
const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

type Day = { readonly year: number; readonly month: number; readonly day: number; readonly weekday: number };
type DayTest = (day: Day) => boolean;

const invalid = (expression: string, why: string): TwinError =>
  new TwinError(`The schedule ${expression} cannot be read: ${why}`);

const numberOf = (text: string, names: readonly string[], expression: string): number => {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + 1 : Number(text);
  if (!Number.isInteger(value) || text === '') throw invalid(expression, `${text} is no number`);
  return value;
};

/** A field of stars, numbers, names, lists, ranges and steps, as the numbers that it allows. */
const allowed = (field: string, low: number, high: number, names: readonly string[], expression: string): number[] =>
  field.split(',').flatMap((part) => {
    const [span = '', stepText] = part.split('/');
    const step = stepText === undefined ? 1 : numberOf(stepText, [], expression);
    const [from = '', to] = span.split('-');
    const first = span === '*' ? low : numberOf(from, names, expression);
    const open = span === '*' || stepText !== undefined ? high : first;
    const last = to === undefined ? open : numberOf(to, names, expression);
    if (first < low || last > high || step < 1) throw invalid(expression, `${part} is outside ${low} to ${high}`);
    // A range of weekdays may go past the end of the week, FRI-MON.
    const end = last < first ? last + high - low + 1 : last;
    const count = Math.floor((end - first) / step) + 1;
    return Array.from({ length: count }, (_, index) => ((first + index * step - low) % (high - low + 1)) + low);
  });

const lastDayOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const weekdayOf = (year: number, month: number, day: number): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

/** The weekday (Monday to Friday) nearest to a day, in the same month. */
const nearestWeekday = (year: number, month: number, day: number): number => {
  const last = lastDayOf(year, month);
  const target = Math.min(day, last);
  const weekday = weekdayOf(year, month, target);
  if (weekday === 7) return target > 1 ? target - 1 : target + 2;
  if (weekday === 1) return target < last ? target + 1 : target - 2;
  return target;
};

const dayOfMonthTest = (field: string, expression: string): DayTest => {
  if (field === '?') return () => true;
  if (field === 'L') return ({ year, month, day }) => day === lastDayOf(year, month);
  if (field === 'LW') return ({ year, month, day }) => day === nearestWeekday(year, month, 31);
  const nearest = /^(\d+)W$/.exec(field)?.[1];
  if (nearest) return ({ year, month, day }) => day === nearestWeekday(year, month, Number(nearest));
  const days = new Set(allowed(field, 1, 31, [], expression));
  return ({ day }) => days.has(day);
};

const dayOfWeekTest = (field: string, expression: string): DayTest => {
  if (field === '?') return () => true;
  const [, lastOne] = /^(\w+)L$/.exec(field) ?? [];
  if (lastOne) {
    const wanted = numberOf(lastOne, weekdayNames, expression);
    return ({ year, month, day, weekday }) => weekday === wanted && day + 7 > lastDayOf(year, month);
  }
  const [, name, nth] = /^(\w+)#([1-5])$/.exec(field) ?? [];
  if (name) {
    const wanted = numberOf(name, weekdayNames, expression);
    return ({ day, weekday }) => weekday === wanted && Math.ceil(day / 7) === Number(nth);
  }
  const weekdays = new Set(allowed(field, 1, 7, weekdayNames, expression));
  return ({ weekday }) => weekdays.has(weekday);
};

/** Wall-clock time of a zone as if it were UTC: the difference to the instant is the zone's offset. */
const createWallClock = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instantMillis: number): number => {
    const parts = format.formatToParts(instantMillis);
    const part = (type: string): number => Number(parts.find((candidate) => candidate.type === type)?.value);
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  };
};

/** First instant that shows this wall-clock time; undefined for a time that the clock change skips. */
const createInstantOf = (timeZone: string) => {
  const wallClock = createWallClock(timeZone);
  return (wallMillis: number): number | undefined => {
    const guesses = [wallMillis - dayMillis, wallMillis + dayMillis].map(
      (near) => wallMillis - (wallClock(near) - near),
    );
    return guesses.sort((a, b) => a - b).find((guess) => wallClock(guess) === wallMillis);
  };
};

const parseCron = (expression: string, fields: readonly string[], timeZone: string): NextRun => {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  if (fields.length !== 6) throw invalid(expression, 'cron has six fields');
  if (dayOfMonth !== '?' && dayOfWeek !== '?') throw invalid(expression, 'one of the day fields must be ?');
  const minutes = allowed(minute, 0, 59, [], expression);
  const hours = allowed(hour, 0, 23, [], expression);
  const times = hours.flatMap((h) => minutes.map((m) => (h * 60 + m) * 60_000)).sort((a, b) => a - b);
  const months = new Set(allowed(month, 1, 12, monthNames, expression));
  const years = new Set(allowed(year, 1970, 2199, [], expression));
  const dayTests = [dayOfMonthTest(dayOfMonth, expression), dayOfWeekTest(dayOfWeek, expression)];
  const isRunDay = (midnightMillis: number): boolean => {
    const date = new Date(midnightMillis);
    const day = {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      weekday: date.getUTCDay() + 1,
    };
    return years.has(day.year) && months.has(day.month) && dayTests.every((test) => test(day));
  };
  const wallClock = createWallClock(timeZone);
  const instantOf = createInstantOf(timeZone);
  return (afterMillis) => {
    const today = Math.floor(wallClock(afterMillis) / dayMillis) * dayMillis;
    for (let index = 0; index <= horizonDays; index += 1) {
      const midnight = today + index * dayMillis;
      if (!isRunDay(midnight)) continue;
      const instants = times.map((time) => instantOf(midnight + time));
      const next = instants.find((instant) => instant !== undefined && instant > afterMillis);
      if (next !== undefined) return next;
    }
    return undefined;
  };
};

const parseRate = (expression: string, inner: string, startMillis: number): NextRun => {
  const [, count, unit] = /^(\d+)\s+(minute|hour|day)s?$/.exec(inner) ?? [];
  const everyMillis = Number(count) * (unitMillis[unit ?? ''] ?? 0);
  if (!everyMillis) throw invalid(expression, 'rate is a number and minutes, hours or days');
  return (afterMillis) => startMillis + (Math.floor((afterMillis - startMillis) / everyMillis) + 1) * everyMillis;
};

const parseAt = (expression: string, inner: string, timeZone: string): NextRun => {
  const wallMillis = Date.parse(`${inner}Z`);
  const instant = Number.isNaN(wallMillis) ? undefined : createInstantOf(timeZone)(wallMillis);
  if (instant === undefined) throw invalid(expression, 'at needs a local time such as 2026-01-31T08:00:00');
  return (afterMillis) => (instant > afterMillis ? instant : undefined);
};

/**
 * Reads a schedule expression. `rate` counts from `startMillis`. Times that a clock change skips are left out, times that
 * come twice run once.
 * @throws TwinError for what is no schedule expression.
 */
export const parseSchedule = (expression: string, startMillis: number, timeZone = 'UTC'): NextRun => {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return parseRate(expression, inner.trim(), startMillis);
  if (kind === 'cron') return parseCron(expression, inner.trim().split(/\s+/), timeZone);
  if (kind === 'at') return parseAt(expression, inner.trim(), timeZone);
  throw invalid(expression, 'it is neither rate, cron nor at');
};
