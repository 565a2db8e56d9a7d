/** Answers a request that may be answered from the cache. */
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { CacheOutcome, Exchange, Forward } from '../exchange/exchange.ts';
import { isAcceptable, setOutSince } from './acceptable.ts';
import { discard } from './collect.ts';
import { type Entry, purgedSince } from './entry.ts';
import { createFetcher, type Fetched } from './fetch.ts';
import { createFlights } from './flights.ts';
import { type CacheVerdict, formatCacheStatus } from './http/cache-status.ts';
import type { FlightRequest, Flown } from './landing.ts';
import { createLookUp, type LookUpResult } from './look-up.ts';
import { type CacheParts, onlyIfCached } from './parts.ts';
import type { ReadPlan } from './plan.ts';
import { type CacheRequest as AskedOfStore, createServing } from './serve.ts';

/** Time reserved for answering after the last wait for another request's flight. */
const reserveMillis = 2_000;

/**
 * Errors for which an entry may be served instead. A refused credential is not a failure of the upstream, and neither
 * is a used-up limit.
 */
const upstreamFailures: ReadonlySet<ErrorCode> = new Set([
  'UPSTREAM_UNREACHABLE',
  'UPSTREAM_LATE',
  'UPSTREAM_UNREADABLE',
]);

/** The quota refused or was unavailable: nothing was sent. */
const quotaRefusals: ReadonlySet<ErrorCode> = new Set(['TOO_MANY_REQUESTS', 'QUOTA_UNAVAILABLE']);

const codeOf = (error: unknown): ErrorCode | undefined => (error instanceof AppError ? error.code : undefined);

type ForwardableRequest = AskedOfStore & { readonly forward: Forward };
/** A request that needs the upstream, and the entry that it found, if that was not purged hard. */
type Missed = ForwardableRequest & {
  readonly found: LookUpResult;
  readonly held: Entry | undefined;
  readonly verdict: CacheVerdict;
  readonly isBeingWritten?: boolean;
};

const heldIn = ({ entry, epochs }: LookUpResult['snapshot']): Entry | undefined =>
  entry && purgedSince(entry.epochs, epochs) !== 'hard' ? entry : undefined;

const missVerdict = (
  { directives }: ForwardableRequest,
  { isOtherVariant }: LookUpResult,
  held: Entry | undefined,
): CacheVerdict => {
  if (!held) return { fwd: isOtherVariant ? 'vary-miss' : 'uri-miss' };
  return { fwd: directives.has('no-cache') || directives.has('max-age') ? 'request' : 'stale' };
};

const asksForWhole = ({ exchange, plan }: ForwardableRequest): boolean =>
  exchange.request.method !== 'HEAD' && !plan.requestHeaders.some(([name]) => name === 'range');

const isFailure = (status: number): boolean => status >= 500 || status === 429;

type Flying = Omit<Missed, 'verdict'>;

export const createReader = (parts: CacheParts) => {
  const { store, clock, scarcity, revocation, onFailure } = parts;
  const flights = createFlights(store, clock, parts.flight);
  const fetchAnswer = createFetcher(parts);
  const lookUp = createLookUp(parts);
  const serving = createServing(parts);

  const observe = ({ plan }: ForwardableRequest, verdict: Parameters<CacheParts['observe']>[0]['verdict']): void =>
    parts.observe({ cacheClass: plan.cacheClass, verdict });

  /** This answer is not shared, so it is requested with all headers of the caller. */
  const pass = async (cacheRequest: ForwardableRequest, verdict: CacheVerdict): Promise<CacheOutcome> => {
    observe(cacheRequest, verdict.detail === 'STORE-FAILED' ? 'store-error' : 'pass');
    return { answer: await cacheRequest.forward(), cacheStatus: formatCacheStatus(verdict) };
  };

  const find = (cacheRequest: ForwardableRequest): Promise<LookUpResult | undefined> =>
    lookUp(cacheRequest.plan, (entry, snapshot) => serving.isUsable(cacheRequest, entry, snapshot)).catch(
      (error: unknown) => {
        onFailure('look-up', error);
        return undefined;
      },
    );

  const routeOf = ({ found, isBeingWritten = false, ...cacheRequest }: Flying): FlightRequest => {
    const wish = { ...cacheRequest, ...found, hasOwnFences: cacheRequest.plan.variantKey === undefined };
    const isSince = (entry: Entry): boolean => setOutSince(wish, entry);
    return {
      key: found.key,
      consumerId: cacheRequest.exchange.consumer.id,
      tags: cacheRequest.plan.tags,
      accepts: isBeingWritten ? isSince : (entry) => isAcceptable(wish, entry, clock.nowMillis()),
      setOutSince: isSince,
      isBeingWritten,
    };
  };

  /** Only a request that needs a call asks which flight was the last one. */
  const withFlight = async (found: LookUpResult): Promise<LookUpResult> =>
    found.knowsFlight
      ? found
      : { ...found, snapshot: { ...found.snapshot, flight: await store.readFlight(found.key) } };

  /** @param flying has read the last flight. */
  const join = async (flying: Flying): Promise<Flown<Fetched>> => {
    const { exchange, plan, forward, held: stale } = flying;
    const { key, snapshot } = flying.found;
    const flown = await flights.join(
      routeOf(flying),
      snapshot,
      exchange.request.deadlineMillis - reserveMillis,
      async (fence, seen) => {
        const fetched = await fetchAnswer(exchange, plan, { key, fence, epochs: seen.epochs, stale }, forward);
        // The cached answer is now forbidden: the rights of its principal have shrunk, and it is not known by how much.
        if (fetched.result.upstreamStatus === 403 && stale) await revocation.drop(exchange.principal);
        return fetched;
      },
    );
    if (flown.kind === 'lost') onFailure('flight', flown.error);
    return flown;
  };

  const fly = async (flying: Flying): Promise<Flown<Fetched>> => {
    const found = await withFlight(flying.found).catch((error: unknown) => {
      onFailure('flight', error);
      return { kind: 'lost', error } as const;
    });
    return 'kind' in found ? found : join({ ...flying, found });
  };

  const hit = (cacheRequest: ForwardableRequest, { snapshot }: LookUpResult, held: Entry): CacheOutcome => {
    const isStale = serving.ttlSeconds(cacheRequest, held, snapshot) < 0;
    observe(cacheRequest, isStale ? 'stale' : 'hit');
    const isStretched = isStale && scarcity.stretchMillis(cacheRequest.exchange) !== undefined;
    return serving.serve(cacheRequest, held, snapshot, { hit: true, detail: isStretched ? 'QUOTA-SHORT' : undefined });
  };

  /** No caller waits for this answer: it goes to the store, and the caller has the entry. */
  const refresh = async (cacheRequest: ForwardableRequest, before: LookUpResult, held: Entry): Promise<void> => {
    try {
      const found = await withFlight(before);
      if (flights.isAirborne(found.key, found.snapshot)) return;
      const flown = await join({ ...cacheRequest, found, held });
      if (flown.kind === 'led') discard(flown.result.answer);
    } catch (error) {
      onFailure('refresh', error);
    }
  };

  const hitAndRefresh = (cacheRequest: ForwardableRequest, found: LookUpResult, held: Entry): CacheOutcome => {
    const { request } = cacheRequest.exchange;
    observe(cacheRequest, 'stale');
    const outcome = serving.serve(cacheRequest, held, found.snapshot, { hit: true, detail: 'STALE-WHILE-REVALIDATE' });
    if (request.method !== 'HEAD') {
      const work = refresh(cacheRequest, found, held);
      request.background?.(work);
    }
    return outcome;
  };

  /** Serves the entry, because the upstream has not answered or has failed. */
  const standIn = (missed: Missed, copy: Entry, verdict: CacheVerdict): CacheOutcome => {
    observe(missed, 'stale');
    return serving.serve(missed, copy, missed.found.snapshot, { hit: true, ...verdict });
  };

  /** Evaluated after the upstream has failed, because an entry may have expired meanwhile. */
  const copyOnError = (missed: Missed): Entry | undefined => {
    const { held, found } = missed;
    return held && serving.mayServeOnError(missed, held, found.snapshot) ? held : undefined;
  };

  const collapsed = (missed: Missed, entry: Entry): CacheOutcome => {
    const onError = entry.status >= 500 ? copyOnError(missed) : undefined;
    if (onError) {
      return standIn(missed, onError, { detail: 'STALE-IF-ERROR', fwdStatus: entry.status });
    }
    observe(missed, 'collapsed');
    return serving.serve(missed, entry, missed.found.snapshot, { ...missed.verdict, collapsed: true });
  };

  const led = (missed: Missed, fetched: Fetched): CacheOutcome => {
    const { answer, upstreamStatus, stored, entry } = fetched;
    const onError = isFailure(upstreamStatus) ? copyOnError(missed) : undefined;
    if (onError) {
      discard(answer);
      return standIn(missed, onError, { detail: 'STALE-IF-ERROR', fwdStatus: upstreamStatus });
    }
    observe(missed, upstreamStatus === 304 ? 'revalidated' : 'miss');
    const isKept = entry !== undefined && stored && !missed.isBeingWritten;
    const cacheStatus = formatCacheStatus({
      ...missed.verdict,
      ...(upstreamStatus === answer.status ? {} : { fwdStatus: upstreamStatus }),
      stored: isKept,
      ...(isKept ? { ttlSeconds: serving.ttlSeconds(missed, entry, missed.found.snapshot) } : {}),
    });
    return { answer, cacheStatus };
  };

  const landed = (missed: Missed, flown: Flown<Fetched>): CacheOutcome | Promise<CacheOutcome> => {
    if (flown.kind === 'passed') return pass(missed, missed.verdict);
    if (flown.kind === 'lost') return pass(missed, { ...missed.verdict, detail: 'STORE-FAILED' });
    return flown.kind === 'led' ? led(missed, flown.result) : collapsed(missed, flown.entry);
  };

  const failed = (missed: Missed, error: unknown): CacheOutcome => {
    const { held, found } = missed;
    const code = codeOf(error);
    if (code && quotaRefusals.has(code) && held && serving.mayStretch(missed, held, found.snapshot)) {
      return standIn(missed, held, { detail: 'QUOTA-SHORT' });
    }
    const onError = code && upstreamFailures.has(code) ? copyOnError(missed) : undefined;
    if (onError) return standIn(missed, onError, { detail: 'STALE-IF-ERROR' });
    throw error;
  };

  const miss = async (missed: Missed): Promise<CacheOutcome> => {
    try {
      return await landed(missed, await fly(missed));
    } catch (error) {
      return failed(missed, error);
    }
  };

  /**
   * Entries may be from before the write. An answer that is requested after the request came shows every write that was
   * answered before. So concurrent requests share flights that started after they came. What such a flight stores ends
   * with the write mark, unless the write was refused.
   */
  const readBeingWritten = (
    cacheRequest: ForwardableRequest,
    found: LookUpResult,
  ): CacheOutcome | Promise<CacheOutcome> => {
    const verdict: CacheVerdict = { fwd: 'bypass', detail: 'BEING-WRITTEN' };
    if (cacheRequest.directives.has('only-if-cached')) throw onlyIfCached();
    if (!asksForWhole(cacheRequest)) return pass(cacheRequest, verdict);
    return miss({ ...cacheRequest, found, held: undefined, verdict, isBeingWritten: true });
  };

  return async (exchange: Exchange, plan: ReadPlan, forward: Forward): Promise<CacheOutcome> => {
    const cacheRequest: ForwardableRequest = { ...serving.toCacheRequest(exchange, plan), forward };
    if (cacheRequest.directives.has('no-store')) return pass(cacheRequest, { fwd: 'request' });
    const found = await find(cacheRequest);
    if (!found) return pass(cacheRequest, { fwd: 'bypass', detail: 'STORE-FAILED' });
    const { snapshot } = found;
    if (serving.isBeingWritten(snapshot)) return readBeingWritten(cacheRequest, found);
    const held = heldIn(snapshot);
    const judgement = held && serving.judge(cacheRequest, held, snapshot);
    if (held && judgement === 'fresh') return hit(cacheRequest, found, held);
    if (held && judgement === 'refresh') return hitAndRefresh(cacheRequest, found, held);
    if (cacheRequest.directives.has('only-if-cached')) throw onlyIfCached();
    const verdict = missVerdict(cacheRequest, found, held);
    return asksForWhole(cacheRequest) ? miss({ ...cacheRequest, found, held, verdict }) : pass(cacheRequest, verdict);
  };
};
