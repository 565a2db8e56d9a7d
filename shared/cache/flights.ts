/**
 * One flight per key: of all who miss the same answer at the same time, on any number of instances, one asks the upstream
 * and the others take what it brings. A leader that vanishes costs the others the rest of its lease.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { Clock } from '../time/clock.ts';
import { type Entry, type Epochs, purgedSince, sameEpochs } from './entry.ts';
import type { CacheStore, EntryKey, Flight, FlightOutcome, Snapshot, Tag } from './store.ts';

/** What a flight brings. `passed`: nothing to share, each asks for itself. */
export type Landing =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'passed' }
  /** The upstream failed: those who wait fail as well, instead of all asking it again. */
  | { readonly kind: 'failed'; readonly error: AppError };

export type FlightSettings = {
  /** A leader of whom nothing was heard for so long is lost. */
  readonly leaseMillis: number;
  /** First and longest pause between two looks at another instance's flight. */
  readonly firstPauseMillis: number;
  readonly longestPauseMillis: number;
  /** After an answer that cannot be shared, requests for it do not wait for one another for so long. */
  readonly passMillis: number;
};

export const defaultFlightSettings: FlightSettings = {
  leaseMillis: 5_000,
  firstPauseMillis: 25,
  longestPauseMillis: 250,
  passMillis: 10_000,
};

export type Route = {
  readonly key: EntryKey;
  readonly tags: readonly Tag[];
  /** Whether what another's flight brought is new enough for this request: that flight may have set out long before. */
  readonly accepts: (entry: Entry) => boolean;
};

/** Asks the upstream as the leader; returns what is to be shared, and has stored it. */
export type Lead<Result> = (fence: number, snapshot: Snapshot) => Promise<{ landing: Landing; result: Result }>;

export type Flown<Result> =
  /** This request led: `result` is its own answer. */
  | { readonly kind: 'led'; readonly result: Result }
  | { readonly kind: 'collapsed'; readonly entry: Entry }
  | { readonly kind: 'passed' };

const longestTimerMillis = 2_147_483_647;

const basisOf = (epochs: Epochs): string =>
  Object.entries(epochs)
    .map(([tag, { hard, soft }]) => `${tag}=${hard}.${soft}`)
    .sort()
    .join(' ');

const toOutcome = (error: unknown): FlightOutcome => {
  const known = error instanceof AppError ? error : new AppError('INTERNAL');
  const { detail = '', retryAfterSeconds } = known.facts;
  return { kind: 'failed', code: known.code, detail, ...(retryAfterSeconds ? { retryAfterSeconds } : {}) };
};

const toError = ({ code, detail, retryAfterSeconds }: Extract<FlightOutcome, { kind: 'failed' }>): AppError =>
  new AppError(code as ErrorCode, {
    ...(detail ? { detail } : {}),
    ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
  });

/** What a follower of flight `fence` finds: its landing, or undefined while there is none. */
const landingIn = (snapshot: Snapshot, fence: number, route: Route): Landing | undefined => {
  const { entry, flight, epochs } = snapshot;
  if (entry && entry.fence >= fence && !entry.noCache && purgedSince(entry.epochs, epochs) === 'none') {
    return route.accepts(entry) ? { kind: 'entry', entry } : undefined;
  }
  if (flight.fence !== fence || !flight.outcome) return undefined;
  return flight.outcome.kind === 'failed' ? { kind: 'failed', error: toError(flight.outcome) } : { kind: 'passed' };
};

/** @throws the error of a flight that failed. */
const toFlown = (landing: Landing): { kind: 'collapsed'; entry: Entry } | { kind: 'passed' } => {
  if (landing.kind === 'failed') throw landing.error;
  return landing.kind === 'entry' ? { kind: 'collapsed', entry: landing.entry } : landing;
};

export const createFlights = (store: CacheStore, clock: Clock, settings: FlightSettings) => {
  const local = new Map<string, { readonly epochs: Epochs; readonly landing: Promise<Landing> }>();

  /** In the air, not landed, and with knowledge of the same purges. */
  const isWorthWaiting = ({ flight, entry, epochs }: Snapshot): boolean =>
    flight.leaseUntilMillis > clock.nowMillis() &&
    !flight.outcome &&
    (entry?.fence ?? 0) < flight.fence &&
    flight.basis === basisOf(epochs);

  const mayShare = ({ flight }: Snapshot): boolean =>
    flight.outcome?.kind !== 'passed' || flight.outcome.untilMillis <= clock.nowMillis();

  const withRenewedLease = async <Result>(
    key: EntryKey,
    fence: number,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    const renew = (): void => void store.renew(key, fence, clock.nowMillis() + settings.leaseMillis).catch(() => false);
    const timer = setInterval(renew, settings.leaseMillis / 2);
    return work().finally(() => clearInterval(timer));
  };

  const lead = async <Result>(route: Route, fence: number, snapshot: Snapshot, fly: Lead<Result>) => {
    const finish = (outcome: FlightOutcome) => store.finish(route.key, fence, outcome).catch(() => {});
    try {
      const led = await withRenewedLease(route.key, fence, () => fly(fence, snapshot));
      const { landing } = led;
      if (landing.kind === 'passed') {
        await finish({ kind: 'passed', untilMillis: clock.nowMillis() + settings.passMillis });
      }
      if (landing.kind === 'failed') await finish(toOutcome(landing.error));
      return led;
    } catch (error) {
      await finish(toOutcome(error));
      throw error;
    }
  };

  /** Looks again and again, with growing, jittered pauses, until the flight has landed or is lost. */
  const follow = async (route: Route, first: Snapshot, untilMillis: number): Promise<Landing | Snapshot> => {
    let snapshot = first;
    for (let pause = settings.firstPauseMillis; isWorthWaiting(snapshot); ) {
      if (clock.nowMillis() >= untilMillis) return { kind: 'passed' };
      await sleep(pause * (0.5 + Math.random()));
      pause = Math.min(pause * 1.6, settings.longestPauseMillis);
      const { fence } = snapshot.flight;
      snapshot = await store.read(route.key, route.tags);
      const landing = landingIn(snapshot, fence, route);
      if (landing) return landing;
    }
    return snapshot;
  };

  const isLanding = (found: Landing | Snapshot): found is Landing => 'kind' in found;

  const flyOrFollow = async <Result>(
    route: Route,
    first: Snapshot,
    untilMillis: number,
    fly: Lead<Result>,
  ): Promise<{ landing: Landing; result?: Result }> => {
    let snapshot = first;
    for (;;) {
      const found = await follow(route, snapshot, untilMillis);
      if (isLanding(found)) return { landing: found };
      snapshot = found;
      const { flight, entry, epochs } = snapshot;
      const fence = Math.max(flight.fence, entry?.fence ?? 0) + 1;
      const leaseUntilMillis = clock.nowMillis() + settings.leaseMillis;
      const next: Flight = { fence, leaseUntilMillis, basis: basisOf(epochs) };
      if (await store.acquire(route.key, flight, next)) return lead(route, fence, snapshot, fly);
      if (clock.nowMillis() >= untilMillis) return { landing: { kind: 'passed' } };
      snapshot = await store.read(route.key, route.tags);
      const landing = landingIn(snapshot, fence, route);
      if (landing) return { landing };
    }
  };

  const byDeadline = async (landing: Promise<Landing>, untilMillis: number): Promise<Landing> => {
    const stop = new AbortController();
    const late = sleep(
      Math.min(Math.max(0, untilMillis - clock.nowMillis()), longestTimerMillis),
      { kind: 'passed' } as Landing,
      {
        signal: stop.signal,
        ref: false,
      },
    ).catch((): Landing => ({ kind: 'passed' }));
    return Promise.race([landing, late]).finally(() => stop.abort());
  };

  return {
    /** Whether another request is fetching this answer right now. */
    isAirborne: (key: EntryKey, snapshot: Snapshot): boolean => local.has(key.id) || isWorthWaiting(snapshot),

    /**
     * Leads the flight for a key by `fly`, or waits for whoever does, at most until `untilMillis`.
     * @throws what the leader met, for the leader and those who waited for it alike.
     */
    async join<Result>(
      route: Route,
      snapshot: Snapshot,
      untilMillis: number,
      fly: Lead<Result>,
    ): Promise<Flown<Result>> {
      if (!mayShare(snapshot)) return { kind: 'passed' };
      const before = local.get(route.key.id);
      if (before && sameEpochs(before.epochs, snapshot.epochs)) {
        const landing = await byDeadline(before.landing, untilMillis);
        return landing.kind === 'entry' && !route.accepts(landing.entry) ? { kind: 'passed' } : toFlown(landing);
      }
      const flown = flyOrFollow(route, snapshot, untilMillis, fly);
      const mine = { epochs: snapshot.epochs, landing: flown.then(({ landing }) => landing) };
      mine.landing.catch(() => {}); // told to those who wait; nobody may be waiting
      local.set(route.key.id, mine);
      try {
        const { landing, result } = await flown;
        if (result !== undefined) return { kind: 'led', result };
        return toFlown(landing);
      } finally {
        if (local.get(route.key.id) === mine) local.delete(route.key.id);
      }
    },
  };
};
