/** Retry-After (RFC 9110, 10.2.3): seconds, or a date. */

/** Milliseconds to wait. Undefined where the answer does not say. */
export const retryAfterMillis = (headers: Headers, nowMillis: number): number | undefined => {
  const text = headers.get('retry-after')?.trim() ?? '';
  // The RFC allows no fractions, but servers send them.
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  // Date.parse also reads numbers such as -5.
  const atMillis = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMillis) ? undefined : Math.max(0, atMillis - nowMillis);
};
