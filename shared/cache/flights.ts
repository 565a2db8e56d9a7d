/**
 * One flight for each key. Of all requests that miss the same answer at the same time, on any number of instances, one
 * calls the upstream and the others use its answer. If the leader vanishes, each follower waits for one lease at most.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { type Epochs, sameEpochs } from './entry.ts';
import {
  type FlightRequest,
  type Flown,
  isOthersRefusal,
  type Landing,
  landingIn,
  toFlown,
  toOutcome,
} from './landing.ts';
import type { CacheStore, EntryKey, Flight, FlightOutcome, Snapshot } from './store.ts';

/** What flights wait with. A test passes virtual time, so that no load of the machine changes the order of events. */
export type FlightTimers = {
  readonly sleep: (millis: number) => Promise<unknown>;
  /** Calls `work` repeatedly, until the returned function is called. */
  readonly every: (millis: number, work: () => void) => () => void;
};

const systemTimers: FlightTimers = {
  sleep: (millis) => sleep(millis),
  every: (millis, work) => {
    const timer = setInterval(work, millis);
    return () => clearInterval(timer);
  },
};

export type FlightSettings = {
  /** A leader counts as lost when its lease has not been renewed for this long, by the follower's clock. */
  readonly leaseMillis: number;
  /** The clocks of two instances differ by less. */
  readonly clockSkewMillis: number;
  /**
   * First and longest pause between two reads of another instance's flight. Each pause is `pauseGrowth` times the one
   * before.
   */
  readonly firstPauseMillis: number;
  readonly longestPauseMillis: number;
  readonly pauseGrowth: number;
  /** After an answer that cannot be shared, requests for it do not wait for each other for this long. */
  readonly passMillis: number;
  readonly timers: FlightTimers;
};

/**
 * Followers see the end of a flight 20 to 60 ms late on average, with 3 reads for a flight of 140 ms and 11 for one of
 * 1.5 s.
 */
export const defaultFlightSettings: FlightSettings = {
  leaseMillis: 5_000,
  clockSkewMillis: 5_000,
  firstPauseMillis: 20,
  longestPauseMillis: 150,
  pauseGrowth: 1.25,
  passMillis: 10_000,
  timers: systemTimers,
};

/** Calls the upstream as the leader. Returns what is to be shared, after storing it. */
export type Lead<Result> = (fence: number, snapshot: Snapshot) => Promise<{ landing: Landing; result: Result }>;

const longestTimerMillis = 2_147_483_647;

const basisOf = (epochs: Epochs): string =>
  Object.entries(epochs)
    .map(([tag, { hard, soft, listed }]) => `${tag}=${hard}.${soft}.${listed?.count ?? 0}`)
    .sort()
    .join(' ');

const isLanding = (found: Landing | Snapshot): found is Landing => 'kind' in found;
const isSameLease = (one: Flight, other: Flight): boolean =>
  one.fence === other.fence && one.leaseUntilMillis === other.leaseUntilMillis;

export const createFlights = (store: CacheStore, clock: Clock, settings: FlightSettings) => {
  type Local = { readonly epochs: Epochs; readonly consumerId: string; readonly landing: Promise<Landing> };
  const local = new Map<string, Local>();

  /**
   * Whether a flight may still be under way: not ended, with the same purges, and not expired for longer than the clock
   * skew, because the lease is an instant of the leader's clock. Followers detect a lost leader sooner: `follow`
   * watches whether the lease is renewed.
   */
  const mayBeAirborne = (snapshot: Snapshot): boolean =>
    isUnheardOf(snapshot) && snapshot.flight.basis === basisOf(snapshot.epochs);

  const isUnheardOf = ({ flight, entry }: Snapshot): boolean =>
    flight.leaseUntilMillis + settings.clockSkewMillis > clock.nowMillis() &&
    !flight.outcome &&
    (entry?.fence ?? 0) < flight.fence;

  /** Whether this request waits for the last flight. While the record is being written, it waits for any flight. */
  const isWorthWaiting = (flightRequest: FlightRequest, snapshot: Snapshot): boolean =>
    flightRequest.isBeingWritten ? isUnheardOf(snapshot) : mayBeAirborne(snapshot);

  const mayShare = ({ flight }: Snapshot): boolean =>
    flight.outcome?.kind !== 'passed' || flight.outcome.untilMillis <= clock.nowMillis();

  const withRenewedLease = async <Result>(
    key: EntryKey,
    fence: number,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    const renew = (): void => void store.renew(key, fence, clock.nowMillis() + settings.leaseMillis).catch(() => false);
    const stop = settings.timers.every(settings.leaseMillis / 2, renew);
    return work().finally(stop);
  };

  const lead = async <Result>(flightRequest: FlightRequest, fence: number, snapshot: Snapshot, fly: Lead<Result>) => {
    const finish = (outcome: FlightOutcome) => store.finish(flightRequest.key, fence, outcome).catch(() => {});
    try {
      const led = await withRenewedLease(flightRequest.key, fence, () => fly(fence, snapshot));
      const { landing } = led;
      if (landing.kind === 'passed') {
        await finish({ kind: 'passed', untilMillis: clock.nowMillis() + settings.passMillis });
      }
      if (landing.kind === 'failed') await finish(toOutcome(landing.error, flightRequest));
      return led;
    } catch (error) {
      await finish(toOutcome(error, flightRequest));
      throw error;
    }
  };

  /** Polls with growing, jittered pauses until the flight has ended or is lost. */
  const follow = async (
    flightRequest: FlightRequest,
    first: Snapshot,
    untilMillis: number,
  ): Promise<Landing | Snapshot> => {
    let snapshot = first;
    let movedAtMillis = clock.nowMillis();
    const isLost = (): boolean => clock.nowMillis() - movedAtMillis >= settings.leaseMillis;
    for (let pause = settings.firstPauseMillis; isWorthWaiting(flightRequest, snapshot) && !isLost(); ) {
      if (clock.nowMillis() >= untilMillis) return { kind: 'passed' };
      await settings.timers.sleep(pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * settings.pauseGrowth, settings.longestPauseMillis);
      const { flight } = snapshot;
      snapshot = await store.read(flightRequest.key, flightRequest.tags);
      const landing = landingIn(snapshot, flight.fence, flightRequest);
      if (landing) return landing;
      if (!isSameLease(flight, snapshot.flight)) movedAtMillis = clock.nowMillis();
    }
    return snapshot;
  };

  /** Follows the flight under way, or starts one. The caller then leads it, with this fence. */
  const contend = async (
    flightRequest: FlightRequest,
    first: Snapshot,
    untilMillis: number,
  ): Promise<Landing | { readonly fence: number; readonly known: Snapshot }> => {
    let snapshot = first;
    for (;;) {
      const found = await follow(flightRequest, snapshot, untilMillis);
      if (isLanding(found)) return found;
      snapshot = found;
      const { flight, entry, epochs } = snapshot;
      const fence = Math.max(flight.fence, entry?.fence ?? 0) + 1;
      const leaseUntilMillis = clock.nowMillis() + settings.leaseMillis;
      const next: Flight = { fence, leaseUntilMillis, basis: basisOf(epochs) };
      if (await store.acquire(flightRequest.key, flight, next)) return { fence, known: snapshot };
      if (clock.nowMillis() >= untilMillis) return { kind: 'passed' };
      snapshot = await store.read(flightRequest.key, flightRequest.tags);
      const landing = landingIn(snapshot, fence, flightRequest);
      if (landing) return landing;
    }
  };

  /** Only the store is called here, so an error here is not a failure of the upstream. */
  const flyOrFollow = async <Result>(
    flightRequest: FlightRequest,
    first: Snapshot,
    untilMillis: number,
    fly: Lead<Result>,
  ): Promise<{ landing: Landing; result?: Result }> => {
    const turn = await contend(flightRequest, first, untilMillis).catch(
      (error: unknown): Landing => ({ kind: 'lost', error }),
    );
    return 'kind' in turn ? { landing: turn } : lead(flightRequest, turn.fence, turn.known, fly);
  };

  const byDeadline = async (landing: Promise<Landing>, untilMillis: number): Promise<Landing> => {
    const stop = new AbortController();
    const leftMillis = Math.min(Math.max(0, untilMillis - clock.nowMillis()), longestTimerMillis);
    const late = sleep(leftMillis, undefined, { signal: stop.signal, ref: false })
      .catch(() => {})
      .then((): Landing => ({ kind: 'passed' }));
    return Promise.race([landing, late]).finally(() => stop.abort());
  };

  /** The landing of a flight of this instance; undefined if this request may not use it. */
  const landingOf = async (
    before: Local,
    flightRequest: FlightRequest,
    untilMillis: number,
  ): Promise<Landing | undefined> => {
    const landing = await byDeadline(before.landing, untilMillis).catch((error: unknown): Landing => {
      if (error instanceof AppError) return { kind: 'failed', error };
      throw error;
    });
    if (landing.kind === 'failed' && isOthersRefusal(landing.error.code, before.consumerId, flightRequest))
      return undefined;
    return landing.kind === 'entry' && !flightRequest.accepts(landing.entry) ? undefined : landing;
  };

  const forget = (flightRequest: FlightRequest, flight: Local): void => {
    if (local.get(flightRequest.key.id) === flight) local.delete(flightRequest.key.id);
  };

  const setOut = async <Result>(
    flightRequest: FlightRequest,
    snapshot: Snapshot,
    untilMillis: number,
    fly: Lead<Result>,
  ): Promise<Flown<Result>> => {
    const flown = flyOrFollow(flightRequest, snapshot, untilMillis, fly);
    const mine: Local = {
      epochs: snapshot.epochs,
      consumerId: flightRequest.consumerId,
      landing: flown.then(({ landing }) => landing),
    };
    mine.landing.catch(() => {}); // told to those who wait; nobody may be waiting
    local.set(flightRequest.key.id, mine);
    try {
      const { landing, result } = await flown;
      return result === undefined ? toFlown(landing) : { kind: 'led', result };
    } finally {
      forget(flightRequest, mine);
    }
  };

  /**
   * Leads the flight for a key by `fly`, or waits for the leader until `untilMillis` at most. A request that may not
   * use another flight's answer leads or follows the next one. If the store fails meanwhile, the flight is `lost`, and
   * each waiting request calls the upstream itself.
   * @throws the leader's error, for the leader and for the requests that waited.
   */
  const join = async <Result>(
    flightRequest: FlightRequest,
    snapshot: Snapshot,
    untilMillis: number,
    fly: Lead<Result>,
  ): Promise<Flown<Result>> => {
    if (!mayShare(snapshot)) return { kind: 'passed' };
    const before = local.get(flightRequest.key.id);
    const mayServe = before && (flightRequest.isBeingWritten || sameEpochs(before.epochs, snapshot.epochs));
    if (!mayServe) return setOut(flightRequest, snapshot, untilMillis, fly);
    const landing = await landingOf(before, flightRequest, untilMillis);
    if (landing) return toFlown(landing);
    forget(flightRequest, before);
    return join(flightRequest, snapshot, untilMillis, fly);
  };

  return {
    /** Whether another request is, or may be, fetching this answer right now. */
    isAirborne: (key: EntryKey, snapshot: Snapshot): boolean => local.has(key.id) || mayBeAirborne(snapshot),
    join,
  };
};
