/** A request that may be answered from the cache. */
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { CacheOutcome, Exchange, Forward, NativeAnswer } from '../native/exchange.ts';
import { type CacheParts, onlyIfCached } from './answer-cache.ts';
import { type Entry, purgedSince } from './entry.ts';
import { createFetcher } from './fetch.ts';
import { createFlights } from './flights.ts';
import { requestDirectives } from './http/cache-control.ts';
import { type CacheVerdict, formatCacheStatus } from './http/cache-status.ts';
import { variantOf } from './http/vary.ts';
import type { ReadPlan } from './plan.ts';
import { agedHeaders, heldUntil, markedPrivate, respond } from './respond.ts';
import type { EntryKey, Snapshot } from './store.ts';
import { type Circumstances, judge, mayServeOnError, windowsOf } from './windows.ts';

/** Time that is left to answer after the last wait for another's flight. */
const reserveMillis = 2_000;

/** What a copy may stand in for. A refused credential is no failure of the upstream, nor is a budget that is spent. */
const upstreamFailures: ReadonlySet<ErrorCode> = new Set([
  'UPSTREAM_UNREACHABLE',
  'UPSTREAM_LATE',
  'UPSTREAM_UNREADABLE',
]);

const codeOf = (error: unknown): ErrorCode | undefined => (error instanceof AppError ? error.code : undefined);

type Found = { readonly key: EntryKey; readonly snapshot: Snapshot; readonly isOtherVariant: boolean };

export const createReader = (parts: CacheParts) => {
  const { store, clock, memory, scarcity, holdAnswers, observe, onFailure } = parts;
  const flights = createFlights(store, clock, parts.flight);
  const fetchAnswer = createFetcher(parts);

  /** What is in this instance needs only the tags; anything else is one read, and two where the key leaves Vary open. */
  const lookUp = async (plan: ReadPlan, isUsable: (entry: Entry, snapshot: Snapshot) => boolean): Promise<Found> => {
    const { key, tags } = plan;
    const kept = plan.variantKey === undefined ? memory.get(key.id) : undefined;
    if (kept) {
      const snapshot = { ...(await store.read(undefined, tags)), entry: kept };
      if (isUsable(kept, snapshot)) return { key, snapshot, isOtherVariant: false };
    }
    const snapshot = await store.read(key, tags);
    const { entry } = snapshot;
    if (!entry || plan.variantKey === undefined || entry.vary.names.length === 0) {
      if (entry && plan.variantKey === undefined) memory.put(key.id, entry);
      return { key, snapshot, isOtherVariant: false };
    }
    const variant = variantOf(plan.requestHeaders, entry.vary.names);
    const variantKey = plan.variantKey(variant);
    const ofVariant = await store.read(variantKey, tags);
    return { key: variantKey, snapshot: ofVariant, isOtherVariant: ofVariant.entry === undefined };
  };

  const circumstancesOf = (exchange: Exchange, plan: ReadPlan, entry: Entry, snapshot: Snapshot): Circumstances => ({
    windows: windowsOf(entry, snapshot.sweep),
    purged: purgedSince(entry.epochs, snapshot.epochs) === 'none' ? 'none' : 'soft',
    request: requestDirectives(plan.requestHeaders),
    nowMillis: clock.nowMillis(),
    stretchMillis: scarcity.stretchMillis(exchange),
  });

  const ttlSeconds = (entry: Entry, snapshot: Snapshot): number => {
    const left = Math.floor((windowsOf(entry, snapshot.sweep).freshUntilMillis - clock.nowMillis()) / 1_000);
    return purgedSince(entry.epochs, snapshot.epochs) === 'none' ? left : Math.min(left, 0);
  };

  const fromEntry = (
    exchange: Exchange,
    plan: ReadPlan,
    entry: Entry,
    snapshot: Snapshot,
    verdict: CacheVerdict,
  ): CacheOutcome => {
    const now = clock.nowMillis();
    const headers = markedPrivate(agedHeaders(entry, now), plan.rules);
    const answer = respond(exchange.request.method, plan.requestHeaders, entry, headers, now);
    return { answer, cacheStatus: formatCacheStatus({ ttlSeconds: ttlSeconds(entry, snapshot), ...verdict }) };
  };

  const pass = async (plan: ReadPlan, forward: Forward, verdict: CacheVerdict): Promise<CacheOutcome> => {
    observe({ cacheClass: plan.cacheClass, verdict: verdict.detail === 'STORE-FAILED' ? 'store-error' : 'pass' });
    // Nobody shares this answer: it may be asked for with all that the caller sent.
    const answer = await forward();
    return { answer, cacheStatus: formatCacheStatus(verdict) };
  };

  return async (exchange: Exchange, plan: ReadPlan, forward: Forward): Promise<CacheOutcome> => {
    const directives = requestDirectives(plan.requestHeaders);
    if (directives.has('no-store')) return pass(plan, forward, { fwd: 'request' });

    const circumstances = (entry: Entry, snapshot: Snapshot) => circumstancesOf(exchange, plan, entry, snapshot);
    const isUsable = (entry: Entry, snapshot: Snapshot): boolean =>
      purgedSince(entry.epochs, snapshot.epochs) === 'none' && judge(entry, circumstances(entry, snapshot)) === 'fresh';
    let found: Found;
    try {
      found = await lookUp(plan, isUsable);
    } catch (error) {
      onFailure('look-up', error);
      return pass(plan, forward, { fwd: 'bypass', detail: 'STORE-FAILED' });
    }
    const { key, snapshot } = found;
    const { entry } = snapshot;
    if (snapshot.writingUntilMillis > clock.nowMillis()) {
      return pass(plan, forward, { fwd: 'bypass', detail: 'BEING-WRITTEN' });
    }
    const held = entry && purgedSince(entry.epochs, snapshot.epochs) !== 'hard' ? entry : undefined;
    const judgement = held && judge(held, circumstances(held, snapshot));

    const startMillis = clock.nowMillis();
    const accepts = ({ terms, requestedAtMillis }: Entry): boolean =>
      terms === undefined || startMillis - requestedAtMillis < terms.boundMillis;
    const fly = async (stale: Entry | undefined) => {
      const flown = await flights.join(
        { key, consumerId: exchange.consumer.id, tags: plan.tags, accepts },
        snapshot,
        exchange.request.deadlineMillis - reserveMillis,
        (fence, seen) => fetchAnswer(exchange, plan, { key, fence, epochs: seen.epochs, stale }, forward),
      );
      if (flown.kind === 'lost') onFailure('flight', flown.error);
      return flown;
    };

    if (held && judgement === 'fresh') {
      const stale = ttlSeconds(held, snapshot) < 0;
      observe({ cacheClass: plan.cacheClass, verdict: stale ? 'stale' : 'hit' });
      const stretched = stale && scarcity.stretchMillis(exchange) !== undefined;
      return fromEntry(exchange, plan, held, snapshot, { hit: true, detail: stretched ? 'QUOTA-SHORT' : undefined });
    }
    if (held && judgement === 'refresh') {
      observe({ cacheClass: plan.cacheClass, verdict: 'stale' });
      const outcome = fromEntry(exchange, plan, held, snapshot, { hit: true, detail: 'STALE-WHILE-REVALIDATE' });
      if (flights.isAirborne(key, snapshot) || exchange.request.method === 'HEAD') return outcome;
      const refresh = fly(held);
      refresh.catch((error: unknown) => onFailure('refresh', error));
      return holdAnswers ? { ...outcome, answer: heldUntil(outcome.answer, refresh) } : outcome;
    }
    if (directives.has('only-if-cached')) throw onlyIfCached();

    const missVerdict: CacheVerdict = {
      fwd: held
        ? directives.has('no-cache') || directives.has('max-age')
          ? 'request'
          : 'stale'
        : found.isOtherVariant
          ? 'vary-miss'
          : 'uri-miss',
    };
    const isWhole = exchange.request.method !== 'HEAD' && !plan.requestHeaders.some(([name]) => name === 'range');
    if (!isWhole) return pass(plan, forward, missVerdict);

    const onError = held && mayServeOnError(held, circumstances(held, snapshot)) ? held : undefined;
    /** The quota has refused the call: the copy may be as old as it allows at most. */
    const mayStretch = (copy: Entry): boolean => {
      const stretchMillis = scarcity.mostStretchMillis(exchange);
      return judge(copy, { ...circumstances(copy, snapshot), stretchMillis }) === 'fresh';
    };
    const staleAnswer = (status?: number): CacheOutcome => {
      observe({ cacheClass: plan.cacheClass, verdict: 'stale' });
      return fromEntry(exchange, plan, onError as Entry, snapshot, {
        hit: true,
        detail: 'STALE-IF-ERROR',
        ...(status === undefined ? {} : { fwdStatus: status }),
      });
    };
    try {
      const flown = await fly(held);
      if (flown.kind === 'passed') return await pass(plan, forward, missVerdict);
      if (flown.kind === 'lost') return await pass(plan, forward, { ...missVerdict, detail: 'STORE-FAILED' });
      if (flown.kind === 'collapsed') {
        if (flown.entry.status >= 500 && onError) return staleAnswer(flown.entry.status);
        observe({ cacheClass: plan.cacheClass, verdict: 'collapsed' });
        const verdict = { ...missVerdict, collapsed: true };
        const answerOf = fromEntry(exchange, plan, flown.entry, snapshot, verdict);
        return { ...answerOf, cacheStatus: formatCacheStatus(verdict) };
      }
      const { answer, upstreamStatus, stored, entry: made } = flown.result;
      if ((upstreamStatus >= 500 || upstreamStatus === 429) && onError) {
        discard(answer);
        return staleAnswer(upstreamStatus);
      }
      observe({ cacheClass: plan.cacheClass, verdict: upstreamStatus === 304 ? 'revalidated' : 'miss' });
      return {
        answer,
        cacheStatus: formatCacheStatus({
          ...missVerdict,
          ...(upstreamStatus === answer.status ? {} : { fwdStatus: upstreamStatus }),
          stored,
          ...(made && stored ? { ttlSeconds: ttlSeconds(made, snapshot) } : {}),
        }),
      };
    } catch (error) {
      const code = codeOf(error);
      if (code === 'TOO_MANY_REQUESTS' && held && mayStretch(held)) {
        observe({ cacheClass: plan.cacheClass, verdict: 'stale' });
        return fromEntry(exchange, plan, held, snapshot, { hit: true, detail: 'QUOTA-SHORT' });
      }
      if (onError && code !== undefined && upstreamFailures.has(code)) return staleAnswer();
      throw error;
    }
  };
};

const discard = ({ body }: NativeAnswer): void => {
  if (body && !(body instanceof Uint8Array)) body.destroy();
};
