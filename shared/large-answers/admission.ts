/**
 * Decides whether a large answer may be sent: a fixed number for each consumer, and a fixed number for all consumers
 * together. An answer in flight holds one slot of each and renews their leases. The slots of a killed instance expire
 * by themselves.
 */
import type { Clock } from '../time/clock.ts';
import { endsWithin } from '../time/within.ts';
import { type Lease, type SlotStore, SlotStoreSlow } from './slots.ts';

export type LargeAnswerLimits = {
  readonly perConsumer: number;
  readonly inAll: number;
  /** Which functions share `inAll`, such as `native`. */
  readonly pool: string;
};

/** The limit that is reached, by its name in a decision; or the store is too slow to say. */
export type RefusedBy = 'large-answers-consumer' | 'large-answers-all' | 'large-answers-slow-store';
export type Failure = 'answer not counted' | 'answer refused' | 'leases not renewed' | 'slot not given back';
export type Ticket = {
  /** Gives the slots back; never rejects. */
  readonly leave: () => Promise<void>;
};
export type AdmissionResult = { readonly ticket: Ticket } | { readonly refusedBy: RefusedBy };

/** A request for a ticket. `lost` is called once if its slots could not be kept. */
type Holder = {
  readonly consumerId: string;
  /** The answer ends before this instant (epoch milliseconds). Its leases are not renewed after it. */
  readonly untilMillis: number;
  readonly lost: (refusedBy: RefusedBy) => void;
  /** Work that continues after a refusal: it gives back slots that a slow store grants too late. It never rejects. */
  readonly background?: ((work: Promise<void>) => void) | undefined;
};
export type Admission = { readonly enter: (holder: Holder) => Promise<AdmissionResult> };

export type AdmissionOptions = {
  readonly store: SlotStore;
  readonly clock: Clock;
  readonly limits: LargeAnswerLimits;
  /** A new holder for each answer, such as a UUID. */
  readonly newId: () => string;
  /** Calls `work` repeatedly, until the returned function is called. It must not keep the process alive. */
  readonly every: (millis: number, work: () => void) => () => void;
  /** Called with failures of the store. Must not throw. */
  readonly onFailure: (failure: Failure, error: unknown) => void;
  /** How long an answer waits for the store; 10 s by default. */
  readonly patienceMillis?: number;
};

/**
 * A store that is busy or throttles answers within seconds. While an answer waits it occupies an execution without a
 * slot, so it does not wait longer.
 */
const defaultPatienceMillis = 10_000;

/** A killed instance keeps its slots for this long at most. */
const leaseMillis = 30_000;
/** Two renewals may fail before a lease ends. */
const renewMillis = 10_000;

/** For answers that are not counted. */
export const freeTicket: Ticket = { leave: async () => {} };

type Pool = { readonly name: string; readonly size: number; readonly refusedBy: RefusedBy };
type HeldSlot = { readonly pool: Pool; slot: number };

/**
 * A slow store refuses, a failed store does not:
 * - Slow: the answer waits for `patienceMillis`, then it is refused. A burst of downloads can itself make the store
 *   slow. If answers passed uncounted after a time-out, the limit would fail when it is needed.
 * - Failed, such as a refused connection: the answer passes uncounted and `onFailure` is called. No consumer can cause
 *   this. The limits exist for fairness, and refusing every download to keep them would be worse. The quota is in the
 *   same table and by default refuses calls to the upstream meanwhile, so mostly cache hits pass. Slow callers are
 *   still cut.
 */
export const createAdmission = (options: AdmissionOptions): Admission => {
  const { store, clock, limits, onFailure, patienceMillis = defaultPatienceMillis } = options;

  const poolsOf = (consumerId: string): readonly Pool[] => [
    { name: `CONSUMER#${consumerId}`, size: limits.perConsumer, refusedBy: 'large-answers-consumer' },
    { name: `FUNCTION#${limits.pool}`, size: limits.inAll, refusedBy: 'large-answers-all' },
  ];

  const leaseOf = (holder: string): Lease => ({ holder, untilMillis: clock.nowMillis() + leaseMillis });

  const take = (pool: Pool, holder: string): Promise<number | undefined> =>
    store.take(pool.name, pool.size, leaseOf(holder), clock.nowMillis());

  const giveBack = (held: readonly HeldSlot[], holder: string): Promise<unknown> =>
    Promise.all(
      held.map(({ pool, slot }) =>
        store.release(pool.name, slot, holder).catch((error: unknown) => onFailure('slot not given back', error)),
      ),
    );

  /**
   * Takes a slot of each pool, or returns the pool that is full. @throws what the store throws; slots taken by then are
   * given back.
   */
  const takeAll = async (pools: readonly Pool[], holder: string): Promise<readonly HeldSlot[] | Pool> => {
    const held: HeldSlot[] = [];
    try {
      for (const pool of pools) {
        const slot = await take(pool, holder);
        if (slot === undefined) {
          await giveBack(held, holder);
          return pool;
        }
        held.push({ pool, slot });
      }
      return held;
    } catch (error) {
      await giveBack(held, holder);
      throw error;
    }
  };

  /** If another holder has taken a lease, another slot is taken. Returns the pool if it has no slot left. */
  const renewOne = async (one: HeldSlot, holder: string): Promise<Pool | undefined> => {
    if (await store.renew(one.pool.name, one.slot, leaseOf(holder))) return undefined;
    const slot = await take(one.pool, holder);
    if (slot === undefined) return one.pool;
    one.slot = slot;
    return undefined;
  };

  /** Renews all at once, so that a slow store is called only once in the time of a lease. */
  const renewAll = async (held: readonly HeldSlot[], holder: string): Promise<Pool | undefined> => {
    const renewals = held.map((one) => renewOne(one, holder));
    // A renewal that continues after the others have failed could take a slot that was given back.
    await Promise.allSettled(renewals);
    return (await Promise.all(renewals)).find((pool) => pool !== undefined);
  };

  const keep = (held: readonly HeldSlot[], holder: string, { untilMillis, lost }: Holder): Ticket => {
    let renewal: Promise<void> | undefined;
    const renew = async (): Promise<void> => {
      try {
        const full = await renewAll(held, holder);
        if (full) lost(full.refusedBy);
      } catch (error) {
        onFailure('leases not renewed', error);
      }
      renewal = undefined;
    };
    const stop = options.every(renewMillis, () => {
      if (clock.nowMillis() > untilMillis) stop();
      else renewal ??= renew();
    });
    let left: Promise<void> | undefined;
    const leave = async (): Promise<void> => {
      stop();
      await renewal;
      await giveBack(held, holder);
    };
    return {
      leave: () => {
        left ??= leave();
        return left;
      },
    };
  };

  const giveBackLate = (taking: Promise<readonly HeldSlot[] | Pool>, id: string): Promise<void> =>
    taking.then(
      async (held) => void ('refusedBy' in held || (await giveBack(held, id))),
      () => {}, // The slots that it had taken have been given back.
    );

  const refuseAsSlow = (error: SlotStoreSlow): AdmissionResult => {
    onFailure('answer refused', error);
    return { refusedBy: 'large-answers-slow-store' };
  };

  return {
    async enter(holder) {
      const id = options.newId();
      const taking = takeAll(poolsOf(holder.consumerId), id);
      try {
        if (!(await endsWithin(taking, patienceMillis))) {
          holder.background?.(giveBackLate(taking, id));
          return refuseAsSlow(new SlotStoreSlow(`No answer within ${patienceMillis} ms`));
        }
        const held = await taking;
        return 'refusedBy' in held ? { refusedBy: held.refusedBy } : { ticket: keep(held, id, holder) };
      } catch (error) {
        if (error instanceof SlotStoreSlow) return refuseAsSlow(error);
        onFailure('answer not counted', error);
        return { ticket: freeTicket };
      }
    },
  };
};
