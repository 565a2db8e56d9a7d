/* Instants and spans for people. */
const instant = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

export const dayMillis = 86_400_000;
export const at = (iso) => instant.format(new Date(iso));
export const dayOf = (iso) => day.format(new Date(iso));
export const days = (count) => (count === 1 ? '1 day' : `${count} days`);
export const seconds = (count) =>
  count >= 86_400 && count % 86_400 === 0
    ? days(count / 86_400)
    : count === 60
      ? '1 minute'
      : count === 3_600
        ? '1 hour'
        : `${count} s`;
export const daysUntil = (iso, nowMillis) => Math.floor((Date.parse(iso) - nowMillis) / dayMillis);
