import { AppError } from '../errors/app-error.ts';
import type { Reservation } from './ask.ts';
import type { OutageEvent } from './outage.ts';
import type { WaitingBound } from './places.ts';
import type { QuotaPolicy } from './policy.ts';
import type { QuotaStore } from './quota-store.ts';
import type { ClockBounds } from './store-clock.ts';
import type { Ticker } from './ticker.ts';
import type { WaitReason } from './wait-reason.ts';

export const defaultStoreTimeoutMillis = 1_000;

export type GovernorOptions = {
  readonly store: QuotaStore;
  readonly ticker: Ticker;
  readonly policy: QuotaPolicy;
  readonly bounds?: ClockBounds;
  /** `shadow` counts calls, and no call waits. */
  readonly mode?: 'enforce' | 'shadow';
  /** What happens to calls while the store cannot be asked. */
  readonly whenStoreFails?: 'refuse' | 'admit';
  /** Bookings that run now. */
  readonly reservations?: () => readonly Reservation[];
  /** How many calls of one consumer may wait at once, over all instances; left out: any number. */
  readonly bound?: WaitingBound | undefined;
  /** Called with events for operators. Must not throw. */
  readonly tell?: (event: GovernorEvent) => void;
  /** An answer of the store that takes longer counts as lost; 1,000 by default. */
  readonly storeTimeoutMillis?: number;
};

/** `fault`: the governor's own code failed; the calls that waited were refused with INTERNAL. */
export type GovernorEvent = OutageEvent | { readonly kind: 'fault'; readonly cause: unknown };

/** Counts since the start of the instance. */
export type GovernorCounts = {
  admitted: number;
  /** Refused because the quota was spent, or because the store did not answer. */
  refused: number;
  reads: number;
  writes: number;
  /** Writes that granted no unit: the cost of calls that are refused or wait. */
  marks: number;
  conflicts: number;
  storeFailures: number;
  /** Units that came too late to be used. */
  late: number;
  /** Calls that were sent uncounted because the store failed. */
  admittedUnasked: number;
  /** In shadow mode: calls that would have been refused, or have waited. */
  wouldRefuse: number;
  wouldWait: number;
  /** Total time that admitted calls have waited. */
  waitedMillis: number;
  /** 429s of the upstream for quota. */
  upstream429: number;
};

/** What refused a call: a cap of the consumer's own, the store of the budget, a fault of this code, or a reason of wait-reason.ts. */
export type RefusalCause = WaitReason['by'] | 'store' | 'fault';

/** Counts since the start of the instance. A cause that refused nothing is missing. */
export type RefusalCounts = Partial<Record<RefusalCause, number>>;

const causes: ReadonlySet<string> = new Set<WaitReason['by']>([
  ...(['share', 'bookings', 'reserve', 'small', 'tenant', 'pause', 'operation', 'waiting'] as const),
]);

/** One of few, whatever windows the caps of consumers have. */
export const causeOf = (error: Error): RefusalCause => {
  if (!(error instanceof AppError)) return 'fault';
  if (error.code === 'QUOTA_UNAVAILABLE') return 'store';
  const { limit } = error.facts;
  if (limit === undefined) return 'fault';
  return causes.has(limit) ? (limit as WaitReason['by']) : 'cap';
};

export const newCounts = (): GovernorCounts => ({
  admitted: 0,
  refused: 0,
  reads: 0,
  writes: 0,
  marks: 0,
  conflicts: 0,
  storeFailures: 0,
  late: 0,
  admittedUnasked: 0,
  wouldRefuse: 0,
  wouldWait: 0,
  waitedMillis: 0,
  upstream429: 0,
});
