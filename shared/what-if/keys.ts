/**
 * Which cache entry a logged request was about. A log has no keys, because they contain what was asked. But it says of each
 * answer whether it was new (`uri-miss`), a refresh (`stale`) or a hit, and how much of its freshness was left (`ttl`), from which
 * the instant of the fetch follows. So a hit belongs to the entry of its operation that was fetched at that instant.
 */

import type { Entry } from '../cache/entry.ts';
import type { CacheClass } from '../catalogue/operation.ts';
import type { Classified } from './classify.ts';
import { type LoggedRequest, type LoggedVerdict, verdictOf } from './logged-request.ts';

export type Key = {
  readonly cacheClass: CacheClass;
  readonly isSwept: boolean;
  /** When the log's own facade fetched it last. */
  fetchedMillis: number;
  /** What the replay's facade has; undefined = nothing. */
  entry?: Entry | undefined;
  /** The replay's facade fetches it now: called when that has ended. */
  waiting?: (() => void)[] | undefined;
  /** Fetched before the log began, or by a request that the log does not have: it counts as fetched then. */
  readonly isFound: boolean;
  /** Consumers that have read it. One that reads again reads what it has read before. */
  readonly readers: Set<string>;
  /** Those of the same operation and principal, by the time of their fetch. */
  readonly pool: readonly Key[];
};

/** Keys that are remembered for each operation and principal, so that memory does not grow with the log. */
const mostKeys = 2_000;
/** Keys of a consumer to which hits without an operation may belong. */
const mostRecent = 64;
/** `ttl` is rounded down to a second, and is counted from the answer, which comes some time after the fetch began. */
const roundedMillis = 1_000;
const nearMillis = 2_000;
/** A flight that others joined began this long ago at most. */
const flightMillis = 30_000;
/** Keys that are looked through for one that the consumer has read. */
const mostLookedAt = 400;
/** An entry that the sweep verifies lives this long in the log (`mostMillis` of the cache's policy). */
const sweptLifeMillis = 900_000;

const indexBefore = (keys: readonly Key[], millis: number): number => {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as Key).fetchedMillis <= millis) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

const nearest = (keys: readonly Key[], millis: number): Key | undefined => {
  const index = indexBefore(keys, millis);
  const distance = (key: Key): number => Math.abs(key.fetchedMillis - millis);
  return keys.slice(Math.max(0, index), index + 2).toSorted((one, other) => distance(one) - distance(other))[0];
};

/** @param freshMillisOf how long an answer of the class was fresh in the log's time. */
export const createKeys = (freshMillisOf: (cacheClass: CacheClass) => number) => {
  const pools = new Map<string, Key[]>();
  const recents = new Map<string, Key[]>();
  let turn = 0;

  const poolOf = ({ operation = '', credentialKind = 'service', consumerId }: LoggedRequest): Key[] => {
    const name = `${operation} ${credentialKind === 'service' ? '' : consumerId}`;
    const pool = pools.get(name) ?? [];
    pools.set(name, pool);
    return pool;
  };

  const insert = (pool: Key[], key: Key): Key => {
    pool.splice(indexBefore(pool, key.fetchedMillis) + 1, 0, key);
    if (pool.length > mostKeys) pool.shift();
    return key;
  };

  const refetch = (pool: Key[], key: Key, atMillis: number): Key => {
    pool.splice(pool.indexOf(key), 1);
    key.fetchedMillis = atMillis;
    return insert(pool, key);
  };

  const create = (pool: Key[], { cacheClass, isSwept }: Classified, fetchedMillis: number, isFound: boolean): Key =>
    insert(pool, { cacheClass: cacheClass as CacheClass, isSwept, fetchedMillis, isFound, readers: new Set(), pool });

  /** The latest one up to `index` that the consumer has read; without one, the latest of all. */
  const ownUpTo = (pool: readonly Key[], index: number, consumerId: string): Key | undefined => {
    for (let at = index; at >= Math.max(0, index - mostLookedAt); at -= 1)
      if (pool[at]?.readers.has(consumerId)) return pool[at];
    return pool[index];
  };

  /** When the entry that this answer came from was fetched; undefined = the log does not say. */
  const fetchOf = (
    verdict: LoggedVerdict,
    { cacheClass, isSwept }: Classified,
    atMillis: number,
  ): number | undefined =>
    verdict.ttlMillis === undefined || isSwept
      ? undefined
      : Math.min(atMillis, atMillis + verdict.ttlMillis + roundedMillis / 2 - freshMillisOf(cacheClass as CacheClass));

  /**
   * For a hit whose ttl says only when the sweep ran: each of the entries that may still have lived, in its turn. Those that the
   * consumer has read lately come first.
   */
  const anyLiving = (pool: Key[], request: LoggedRequest, { cacheClass, isSwept }: Classified): Key | undefined => {
    const { atMillis, consumerId } = request;
    const sinceMillis = atMillis - (isSwept ? sweptLifeMillis : freshMillisOf(cacheClass as CacheClass));
    const own = (recents.get(consumerId) ?? []).filter((key) => key.pool === pool && key.fetchedMillis >= sinceMillis);
    const living = own.length > 0 ? own : pool.slice(indexBefore(pool, sinceMillis) + 1).slice(-mostLookedAt);
    turn += 1;
    return living[turn % Math.max(1, living.length)];
  };

  const hitKey = (pool: Key[], request: LoggedRequest, classified: Classified, verdict: LoggedVerdict): Key => {
    const fetched = fetchOf(verdict, classified, request.atMillis);
    const found = fetched === undefined ? anyLiving(pool, request, classified) : nearest(pool, fetched);
    if (found && (fetched === undefined || Math.abs(found.fetchedMillis - fetched) <= nearMillis)) return found;
    return create(pool, classified, fetched ?? request.atMillis, true);
  };

  const staleKey = (pool: Key[], request: LoggedRequest, classified: Classified, verdict: LoggedVerdict): Key => {
    const staleSince = request.atMillis - freshMillisOf(classified.cacheClass as CacheClass) + nearMillis;
    // The ttl of an answer that was fetched is that of the new entry.
    const fetched = verdict.isHit ? fetchOf(verdict, classified, request.atMillis) : undefined;
    const found = ownUpTo(pool, indexBefore(pool, fetched ?? staleSince), request.consumerId);
    return found ? refetch(pool, found, request.atMillis) : create(pool, classified, request.atMillis, false);
  };

  const named = (request: LoggedRequest, classified: Classified): Key => {
    const pool = poolOf(request);
    const verdict = verdictOf(request.cacheStatus ?? '');
    const last = pool.at(-1);
    if (verdict.isCollapsed && last && request.atMillis - last.fetchedMillis < flightMillis) return last;
    if (verdict.fwd === 'stale' || (verdict.isHit && request.statuses.length > 0))
      return staleKey(pool, request, classified, verdict);
    if (verdict.isHit) return hitKey(pool, request, classified, verdict);
    return create(pool, classified, request.atMillis, false);
  };

  /** For a hit without an operation: one of the entries that the consumer, or else anybody, fetched lately; each in its turn. */
  const anonymous = ({ consumerId, atMillis }: LoggedRequest): Key | undefined => {
    const isFresh = (key: Key): boolean => key.isSwept || atMillis - key.fetchedMillis <= freshMillisOf(key.cacheClass);
    const own = (recents.get(consumerId) ?? []).filter(isFresh);
    const all = own.length > 0 ? own : [...recents.values()].flatMap((keys) => keys.slice(-4)).filter(isFresh);
    turn += 1;
    return all[turn % Math.max(1, all.length)];
  };

  return {
    /** Undefined = the log gives no hint. Requests must come in the order of time. */
    keyOf(request: LoggedRequest, classified: Classified): Key | undefined {
      if (classified.cacheClass === 'unknown') return anonymous(request);
      const key = named(request, classified);
      key.readers.add(request.consumerId);
      const recent = recents.get(request.consumerId) ?? [];
      recents.set(request.consumerId, [...recent.filter((known) => known !== key), key].slice(-mostRecent));
      return key;
    },
  };
};
