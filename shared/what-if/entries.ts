/** The cache of a replay: the product's own terms and judgement, over entries without a body. */

import { type Entry, noEpoch } from '../cache/entry.ts';
import type { Scarcity, ShortRead } from '../cache/parts.ts';
import { type CachePolicy, termsOf } from '../cache/policy.ts';
import { neverSwept, type Sweep } from '../cache/store.ts';
import { type Judgement, judge, windowsOf } from '../cache/windows.ts';
import type { CacheClass } from '../catalogue/operation.ts';
import type { Key } from './keys.ts';

/** The sweep runs twice a minute, and takes a moment to list what has changed. */
const sweepMillis = 30_000;
const listingMillis = 2_000;
const principal = 'service';
const sweptType = 'swept';

const sweepAt = (nowMillis: number): Sweep => ({
  ...neverSwept,
  sweptUntilMillis: nowMillis - (nowMillis % sweepMillis) - listingMillis,
  types: [sweptType],
  principal,
});

export const createEntries = (policy: CachePolicy, scarcity: Scarcity) => {
  const toEntry = ({ cacheClass, isSwept }: Key, status: number, requestedAtMillis: number): Entry | undefined => {
    const subject = { type: isSwept ? sweptType : undefined, principal };
    const terms = termsOf(policy, { cache: cacheClass }, subject, status);
    if (!terms) return undefined;
    return {
      ...{ status, headers: [], body: new Uint8Array(0), requestedAtMillis, bornAtMillis: requestedAtMillis, terms },
      freshUntilMillis: requestedAtMillis + terms.freshMillis,
      staleUntilMillis: requestedAtMillis + terms.boundMillis,
      errorUntilMillis: requestedAtMillis + terms.errorMillis,
      deleteAtMillis: requestedAtMillis + terms.mostMillis,
      ...{ mustRevalidate: false, noCache: false, vary: { names: [], variant: '' }, cacheClass },
      ...{ epochs: { all: noEpoch }, fence: 0 },
    };
  };

  const decide = (entry: Entry, nowMillis: number, stretchMillis: () => number | undefined): Judgement =>
    judge(entry, {
      windows: windowsOf(entry, sweepAt(nowMillis), (id) => id),
      ...{ purged: 'none', request: new Map(), nowMillis },
      get stretchMillis() {
        return stretchMillis();
      },
    });

  return {
    /** What the facade does with a read of this key: `absent` is not in the cache. */
    judge(key: Key, reader: ShortRead, nowMillis: number): Judgement | 'absent' {
      // An entry whose fetch the log does not have was in the cache already.
      if (key.isFound && key.entry === undefined) key.entry = toEntry(key, 200, key.fetchedMillis);
      return key.entry ? decide(key.entry, nowMillis, () => scarcity.stretchMillis(reader)) : 'absent';
    },
    /** Whether a read that the quota has refused gets the old entry. */
    mayStandIn: ({ entry }: Key, reader: ShortRead, nowMillis: number): boolean =>
      entry !== undefined && decide(entry, nowMillis, () => scarcity.mostStretchMillis(reader)) === 'fresh',
    /** An answer that may not be stored leaves the entry. */
    store(key: Key, status: number, requestedAtMillis: number): void {
      key.entry = toEntry(key, status, requestedAtMillis) ?? key.entry;
    },
    /** Time since the entry was last known to be current; undefined = there is none. */
    ageMillis({ entry, isSwept }: Key, nowMillis: number): number | undefined {
      if (!entry) return undefined;
      const verified = isSwept ? sweepAt(nowMillis).sweptUntilMillis : 0;
      return Math.max(0, nowMillis - Math.max(entry.requestedAtMillis, verified));
    },
  };
};

/** How long an answer of the class is fresh. */
export const freshMillisOf = (policy: CachePolicy, cacheClass: CacheClass | 'unknown'): number => {
  if (cacheClass === 'never' || cacheClass === 'unknown') return 0;
  return termsOf(policy, { cache: cacheClass }, { type: undefined, principal }, 200)?.freshMillis ?? 0;
};
