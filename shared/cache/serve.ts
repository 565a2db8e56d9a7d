/** Decides what may be done with an entry for one request, and serves it. */
import type { CacheOutcome, Exchange } from '../exchange/exchange.ts';
import { type Entry, purgedSince } from './entry.ts';
import { type Directives, requestDirectives } from './http/cache-control.ts';
import { type CacheVerdict, formatCacheStatus } from './http/cache-status.ts';
import type { CacheParts } from './parts.ts';
import type { ReadPlan } from './plan.ts';
import { agedHeaders, markedPrivate, respond } from './respond.ts';
import type { Snapshot } from './store.ts';
import { type Circumstances, type Judgement, judge, mayServeOnError, windowsOf } from './windows.ts';

/** A request on its way through the cache. */
export type CacheRequest = {
  readonly exchange: Exchange;
  readonly plan: ReadPlan;
  readonly directives: Directives;
  readonly startMillis: number;
};

export const createServing = ({ clock, scarcity }: Pick<CacheParts, 'clock' | 'scarcity'>) => {
  const circumstancesOf = (
    { exchange, plan, directives }: CacheRequest,
    entry: Entry,
    snapshot: Snapshot,
  ): Circumstances => ({
    windows: windowsOf(entry, snapshot.sweep, plan.nameOf),
    purged: isCurrent(entry, snapshot) ? 'none' : 'soft',
    request: directives,
    nowMillis: clock.nowMillis(),
    /** Read only when the entry is no longer fresh. */
    get stretchMillis() {
      return scarcity.stretchMillis(exchange);
    },
  });

  const isCurrent = (entry: Entry, snapshot: Snapshot): boolean =>
    purgedSince(entry.epochs, snapshot.epochs, entry.stamp) === 'none';

  const ttlSeconds = ({ plan }: CacheRequest, entry: Entry, snapshot: Snapshot): number => {
    const { freshUntilMillis } = windowsOf(entry, snapshot.sweep, plan.nameOf);
    const left = Math.floor((freshUntilMillis - clock.nowMillis()) / 1_000);
    return isCurrent(entry, snapshot) ? left : Math.min(left, 0);
  };

  const isBeingWritten = ({ writingUntilMillis }: Snapshot): boolean => writingUntilMillis > 0;

  return {
    /** The record is being written, or it is unknown whether the upstream will still carry out a write. */
    isBeingWritten,

    toCacheRequest: (exchange: Exchange, plan: ReadPlan): CacheRequest => ({
      exchange,
      plan,
      directives: requestDirectives(plan.requestHeaders),
      startMillis: clock.nowMillis(),
    }),

    ttlSeconds,

    judge: (cacheRequest: CacheRequest, entry: Entry, snapshot: Snapshot): Judgement =>
      judge(entry, circumstancesOf(cacheRequest, entry, snapshot)),

    isUsable: (cacheRequest: CacheRequest, entry: Entry, snapshot: Snapshot): boolean =>
      !isBeingWritten(snapshot) &&
      isCurrent(entry, snapshot) &&
      judge(entry, circumstancesOf(cacheRequest, entry, snapshot)) === 'fresh',

    mayServeOnError: (cacheRequest: CacheRequest, entry: Entry, snapshot: Snapshot): boolean =>
      mayServeOnError(entry, circumstancesOf(cacheRequest, entry, snapshot)),

    /** Used when the quota has refused the call: the entry may be as old as it allows at most. */
    mayStretch(cacheRequest: CacheRequest, entry: Entry, snapshot: Snapshot): boolean {
      const stretchMillis = scarcity.mostStretchMillis(cacheRequest.exchange);
      return judge(entry, { ...circumstancesOf(cacheRequest, entry, snapshot), stretchMillis }) === 'fresh';
    },

    /** Answers with an entry; `Cache-Status` says how long it stays fresh. */
    serve(cacheRequest: CacheRequest, entry: Entry, snapshot: Snapshot, verdict: CacheVerdict): CacheOutcome {
      const { exchange, plan } = cacheRequest;
      const now = clock.nowMillis();
      const headers = markedPrivate(agedHeaders(entry, now), plan.rules);
      const answer = respond(exchange.request.method, plan.requestHeaders, entry, headers, now);
      const left = verdict.collapsed ? {} : { ttlSeconds: ttlSeconds(cacheRequest, entry, snapshot) };
      return { answer, cacheStatus: formatCacheStatus({ ...left, ...verdict }) };
    },
  };
};
