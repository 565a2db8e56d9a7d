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
  | { readonly kind: 'failed'; readonly error: AppError }
  /** The store failed: nobody knows who flies, each asks for itself. */
  | { readonly kind: 'lost'; readonly error: unknown };

export type FlightSettings = {
  /** A leader of whom nothing was heard for so long is lost. */
  readonly leaseMillis: number;
  /** First and longest pause between two looks at another instance's flight; each is longer than the last by `pauseGrowth`. */
  readonly firstPauseMillis: number;
  readonly longestPauseMillis: number;
  readonly pauseGrowth: number;
  /** After an answer that cannot be shared, requests for it do not wait for one another for so long. */
  readonly passMillis: number;
};

/** Followers learn of a landing 20 to 60 ms late on average, by 3 looks at a flight of 140 ms and 11 at one of 1.5 s. */
export const defaultFlightSettings: FlightSettings = {
  leaseMillis: 5_000,
  firstPauseMillis: 20,
  longestPauseMillis: 150,
  pauseGrowth: 1.25,
  passMillis: 10_000,
};

export type Route = {
  readonly key: EntryKey;
  readonly consumerId: string;
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
  | { readonly kind: 'passed' }
  | { readonly kind: 'lost'; readonly error: unknown };

const longestTimerMillis = 2_147_483_647;

const basisOf = (epochs: Epochs): string =>
  Object.entries(epochs)
    .map(([tag, { hard, soft }]) => `${tag}=${hard}.${soft}`)
    .sort()
    .join(' ');

/** What the quota says to one consumer is nothing to another: the other one asks, and leads for those behind it. */
const isOthersRefusal = (code: string, consumerId: string, route: Route): boolean =>
  code === 'TOO_MANY_REQUESTS' && consumerId !== route.consumerId;

const toOutcome = (error: unknown, { consumerId }: Route): FlightOutcome => {
  const known = error instanceof AppError ? error : new AppError('INTERNAL');
  const { detail = '', retryAfterSeconds } = known.facts;
  return { kind: 'failed', code: known.code, detail, consumerId, ...(retryAfterSeconds ? { retryAfterSeconds } : {}) };
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
  const { outcome } = flight;
  if (outcome.kind === 'failed' && isOthersRefusal(outcome.code, outcome.consumerId, route)) return undefined;
  return outcome.kind === 'failed' ? { kind: 'failed', error: toError(outcome) } : { kind: 'passed' };
};

/** @throws the error of a flight that failed. */
const toFlown = (landing: Landing): Exclude<Flown<never>, { kind: 'led' }> => {
  if (landing.kind === 'failed') throw landing.error;
  return landing.kind === 'entry' ? { kind: 'collapsed', entry: landing.entry } : landing;
};

export const createFlights = (store: CacheStore, clock: Clock, settings: FlightSettings) => {
  type Local = { readonly epochs: Epochs; readonly consumerId: string; readonly landing: Promise<Landing> };
  const local = new Map<string, Local>();

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
      if (landing.kind === 'failed') await finish(toOutcome(landing.error, route));
      return led;
    } catch (error) {
      await finish(toOutcome(error, route));
      throw error;
    }
  };

  /** Looks again and again, with growing, jittered pauses, until the flight has landed or is lost. */
  const follow = async (route: Route, first: Snapshot, untilMillis: number): Promise<Landing | Snapshot> => {
    let snapshot = first;
    for (let pause = settings.firstPauseMillis; isWorthWaiting(snapshot); ) {
      if (clock.nowMillis() >= untilMillis) return { kind: 'passed' };
      await sleep(pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * settings.pauseGrowth, settings.longestPauseMillis);
      const { fence } = snapshot.flight;
      snapshot = await store.read(route.key, route.tags);
      const landing = landingIn(snapshot, fence, route);
      if (landing) return landing;
    }
    return snapshot;
  };

  const isLanding = (found: Landing | Snapshot): found is Landing => 'kind' in found;

  /** Follows who flies, or sets out; what remains to be done is to lead, with this fence. */
  const contend = async (
    route: Route,
    first: Snapshot,
    untilMillis: number,
  ): Promise<Landing | { readonly fence: number; readonly known: Snapshot }> => {
    let snapshot = first;
    for (;;) {
      const found = await follow(route, snapshot, untilMillis);
      if (isLanding(found)) return found;
      snapshot = found;
      const { flight, entry, epochs } = snapshot;
      const fence = Math.max(flight.fence, entry?.fence ?? 0) + 1;
      const leaseUntilMillis = clock.nowMillis() + settings.leaseMillis;
      const next: Flight = { fence, leaseUntilMillis, basis: basisOf(epochs) };
      if (await store.acquire(route.key, flight, next)) return { fence, known: snapshot };
      if (clock.nowMillis() >= untilMillis) return { kind: 'passed' };
      snapshot = await store.read(route.key, route.tags);
      const landing = landingIn(snapshot, fence, route);
      if (landing) return landing;
    }
  };

  /** Nothing but the store is asked while contending: what it throws there is no failure of the upstream. */
  const flyOrFollow = async <Result>(
    route: Route,
    first: Snapshot,
    untilMillis: number,
    fly: Lead<Result>,
  ): Promise<{ landing: Landing; result?: Result }> => {
    const turn = await contend(route, first, untilMillis).catch((error: unknown): Landing => ({ kind: 'lost', error }));
    return 'kind' in turn ? { landing: turn } : lead(route, turn.fence, turn.known, fly);
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
     * Leads the flight for a key by `fly`, or waits for whoever does, at most until `untilMillis`. A store that fails
     * meanwhile is no error: the flight is `lost`, and each who waits asks for itself.
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
        const refused = (error: unknown): boolean =>
          error instanceof AppError && isOthersRefusal(error.code, before.consumerId, route);
        const landing = await byDeadline(before.landing, untilMillis).catch((error: unknown): Landing => {
          if (error instanceof AppError) return { kind: 'failed', error };
          throw error;
        });
        if (landing.kind === 'failed' && refused(landing.error)) {
          if (local.get(route.key.id) === before) local.delete(route.key.id);
          return this.join(route, snapshot, untilMillis, fly);
        }
        return landing.kind === 'entry' && !route.accepts(landing.entry) ? { kind: 'passed' } : toFlown(landing);
      }
      const flown = flyOrFollow(route, snapshot, untilMillis, fly);
      const mine: Local = {
        epochs: snapshot.epochs,
        consumerId: route.consumerId,
        landing: flown.then(({ landing }) => landing),
      };
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
