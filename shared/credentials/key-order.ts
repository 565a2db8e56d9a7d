/** Chooses the key to use: one owner as long as it has a usable key, so that its cache partition stays warm. */
import type { ApiKey } from './key.ts';

export const isUsable = (
  { state, expiresAtMillis = Number.POSITIVE_INFINITY, cooldown }: ApiKey,
  nowMillis: number,
): boolean =>
  state !== 'disabled' &&
  expiresAtMillis > nowMillis &&
  !(cooldown?.reason === 401 && cooldown.untilMillis > nowMillis);

/** The principal of a key, which partitions the cache. */
export const principalOf = ({ upstream, owner }: Pick<ApiKey, 'upstream' | 'owner'>): string =>
  `service:${upstream}:${owner}`;

/** Of all its keys, usable or not, so that a cooldown does not change the order of owners. */
const rankOf = (keys: readonly ApiKey[], owner: string): number =>
  Math.min(...keys.filter((key) => key.owner === owner).map(({ rank }) => rank));

const byName = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/**
 * The usable keys, best first: by owner (lowest rank, then name), within an owner active before retiring, then the newest.
 * Every instance that has read the same records gets the same order.
 */
export const usableKeys = (keys: readonly ApiKey[], nowMillis: number): readonly ApiKey[] =>
  keys
    .filter((key) => isUsable(key, nowMillis))
    .toSorted(
      (a, b) =>
        rankOf(keys, a.owner) - rankOf(keys, b.owner) ||
        byName(a.owner, b.owner) ||
        byName(a.state, b.state) ||
        b.addedAtMillis - a.addedAtMillis ||
        byName(a.id, b.id),
    );
