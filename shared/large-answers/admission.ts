/**
 * Who may send a large answer: a fixed number for each consumer, and a fixed number for all together. An answer holds two
 * slots while it is in flight, one of each limit, and renews its leases. What a killed instance held lapses by itself.
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

/** The limit that is reached, named as in a decision; or nobody knows, because the store is too slow. */
export type RefusedBy = 'large-answers-consumer' | 'large-answers-all' | 'large-answers-slow-store';
export type Failure = 'answer not counted' | 'answer refused' | 'leases not renewed' | 'slot not given back';
export type Ticket = {
  /** Gives the slots back; never rejects. */
  readonly leave: () => Promise<void>;
};
export type Entry = { readonly ticket: Ticket } | { readonly refusedBy: RefusedBy };

/** How a ticket is asked for. `lost` is called once when its slots could be kept no longer. */
type Holder = {
  readonly consumerId: string;
  /** No answer lives longer (epoch milliseconds): its leases are renewed no more. */
  readonly untilMillis: number;
  readonly lost: (refusedBy: RefusedBy) => void;
  /** Gets what goes on after a refusal: slots that a slow store gives too late are given back. It never rejects. */
  readonly background?: ((work: Promise<void>) => void) | undefined;
};
export type Admission = { readonly enter: (holder: Holder) => Promise<Entry> };

export type AdmissionOptions = {
  readonly store: SlotStore;
  readonly clock: Clock;
  readonly limits: LargeAnswerLimits;
  /** A new holder for each answer, such as a UUID. */
  readonly newId: () => string;
  /** Calls `work` again and again, until what it returns is called. It must not keep the process alive. */
  readonly every: (millis: number, work: () => void) => () => void;
  /** Told what the store could not do. Must not throw. */
  readonly onFailure: (failure: Failure, error: unknown) => void;
  /** How long an answer waits for the store to say whether there are slots; left out: 10 s. */
  readonly patienceMillis?: number;
};

/**
 * A store on a busy machine, or one that throttles, answers within seconds. While an answer waits, it occupies an execution
 * without a slot, so it does not wait for longer.
 */
const defaultPatienceMillis = 10_000;

/** A killed instance keeps its slots for so long at most. */
const leaseMillis = 30_000;
/** Two renewals may fail before a lease ends. */
const renewMillis = 10_000;

/** For answers that are not counted. */
export const freeTicket: Ticket = { leave: async () => {} };

type Pool = { readonly name: string; readonly size: number; readonly refusedBy: RefusedBy };
type Held = { readonly pool: Pool; slot: number };

/**
 * A store that is slow refuses, a store that is down does not:
 * - Slow: the answer waits for `patienceMillis`, then it is refused. A burst of downloads is itself a cause of slowness, so
 *   whoever let answers pass uncounted after a time-out would lift the limit in the moment that it is there for.
 * - Down, such as a refused connection: the answer passes uncounted and `onFailure` is told. No consumer can bring this about.
 *   The limits are there for fairness, and every download would be refused to keep them; the budget is in the same table
 *   and by default refuses calls to the upstream meanwhile, so that it is mostly hits that pass. Slow callers are cut all the same.
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

  const giveBack = (held: readonly Held[], holder: string): Promise<unknown> =>
    Promise.all(
      held.map(({ pool, slot }) =>
        store.release(pool.name, slot, holder).catch((error: unknown) => onFailure('slot not given back', error)),
      ),
    );

  /** A slot of each pool, or the pool that is full. @throws what the store throws; slots taken by then are given back. */
  const takeAll = async (pools: readonly Pool[], holder: string): Promise<readonly Held[] | Pool> => {
    const held: Held[] = [];
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

  /** A lease that another holder has taken is taken anew. Returns the pool when it has no slot left. */
  const renewOne = async (one: Held, holder: string): Promise<Pool | undefined> => {
    if (await store.renew(one.pool.name, one.slot, leaseOf(holder))) return undefined;
    const slot = await take(one.pool, holder);
    if (slot === undefined) return one.pool;
    one.slot = slot;
    return undefined;
  };

  /** All at once, so that a slow store is asked only once in the time of a lease. */
  const renewAll = async (held: readonly Held[], holder: string): Promise<Pool | undefined> => {
    const renewals = held.map((one) => renewOne(one, holder));
    // One that goes on when the others have failed could take a slot that was given back.
    await Promise.allSettled(renewals);
    return (await Promise.all(renewals)).find((pool) => pool !== undefined);
  };

  const keep = (held: readonly Held[], holder: string, { untilMillis, lost }: Holder): Ticket => {
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

  const giveBackLate = (taking: Promise<readonly Held[] | Pool>, id: string): Promise<void> =>
    taking.then(
      async (held) => void ('refusedBy' in held || (await giveBack(held, id))),
      () => {}, // What it had taken by then has been given back.
    );

  const refuseAsSlow = (error: SlotStoreSlow): Entry => {
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
