/* Numbers and times for people. */
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const money = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'USD', maximumFractionDigits: 4 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const count = (value) => whole.format(value);
/** `1 call`, and otherwise `0 calls`. @param plural where it is not the word with an s. */
export const counted = (value, word, plural = `${word}s`) => `${count(value)} ${value === 1 ? word : plural}`;
export const usd = (value) => money.format(value);
/** Time of day, as this browser has it. */
export const time = (instant) => clock.format(new Date(instant));
export const percent = (part, all) => (all === 0 ? '–' : `${short.format((100 * part) / all)} %`);

export const millis = (value) => {
  if (value === null || value === undefined) return '–';
  return value < 1_000 ? `${whole.format(value)} ms` : `${short.format(value / 1_000)} s`;
};

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
];
/** `4 min`, of a time that has passed or that something looks back. */
export const duration = (value) => {
  const [size, unit] = units.find(([least]) => value >= least) ?? [1_000, 's'];
  return `${whole.format(Math.max(0, value) / size)} ${unit}`;
};

export const bytes = (value) => {
  const [size, unit] = [
    [2 ** 30, 'GiB'],
    [2 ** 20, 'MiB'],
    [2 ** 10, 'KiB'],
  ].find(([least]) => value >= least) ?? [1, 'B'];
  return `${short.format(value / size)} ${unit}`;
};
