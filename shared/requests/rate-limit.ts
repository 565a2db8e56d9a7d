/**
 * RateLimit fields of a refusal (draft-ietf-httpapi-ratelimit-headers-11). If an answer also has Retry-After, both must
 * name the same moment, so the limit that refused has nothing left (`r=0`) until then (`t`).
 */
import { AppError, withHeaders } from '../errors/app-error.ts';
import type { Decision } from '../exchange/decision.ts';
import type { Headers } from '../http/headers.ts';

type Item = { readonly name: string; readonly left: number; readonly seconds: number };

const toItems = (value: string): Item[] =>
  [...value.matchAll(/"([^"]*)";r=(\d+);t=(\d+)/g)].map(([, name = '', left, seconds]) => ({
    name,
    left: Number(left),
    seconds: Number(seconds),
  }));

const toValue = (items: readonly Item[]): string =>
  items.map(({ name, left, seconds }) => `"${name}";r=${left};t=${seconds}`).join(', ');

/**
 * Of the used-up limits, the one that is available again nearest to Retry-After; the tenant's if none is, because
 * others wait for it.
 */
const limitThatRefused = (items: readonly Item[], retryAfterSeconds: number): string => {
  const distance = ({ seconds }: Item): number => Math.abs(seconds - retryAfterSeconds);
  const [nearest] = items.filter(({ left }) => left === 0).toSorted((a, b) => distance(a) - distance(b));
  return (nearest ?? items[0])?.name ?? 'tenant';
};

const agreeing = (items: readonly Item[], limit: string, retryAfterSeconds: number): readonly Item[] =>
  items.map((item) => (item.name === limit ? { ...item, left: 0, seconds: retryAfterSeconds } : item));

/**
 * The error to throw instead of `error`: a refusal of the quota gets `RateLimit` fields, and the decision records the
 * limit and the time. Any other error stays.
 * @param rateLimit the fields of any answer to this consumer.
 */
export const explainRefusal = (
  error: unknown,
  rateLimit: Headers,
  decision: Decision,
  nowMillis: number = Date.now(),
): unknown => {
  if (!(error instanceof AppError) || error.code !== 'TOO_MANY_REQUESTS') return error;
  const { retryAfterSeconds } = error.facts;
  if (retryAfterSeconds === undefined) return withHeaders(error, rateLimit);
  const items = rateLimit.flatMap(([name, value]) => (name === 'ratelimit' ? toItems(value) : []));
  const limit = error.facts.limit ?? limitThatRefused(items, retryAfterSeconds);
  decision.refusal = { limit, retryAtMillis: nowMillis + retryAfterSeconds * 1_000 };
  // Limits without a budget of their own, such as bookings of others, are shown as the tenant's.
  const shown = items.some(({ name }) => name === limit) ? limit : 'tenant';
  const value = toValue(agreeing(items, shown, retryAfterSeconds));
  return withHeaders(
    error,
    rateLimit.map(([name, before]) => [name, name === 'ratelimit' ? value : before]),
  );
};
