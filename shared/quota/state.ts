/** The shared state of all instances: one item, read and replaced as a whole. */

import type { Priority } from '../exchange/quota-profile.ts';
import { emptyLedger, type Ledger, prune } from './ledger.ts';
import { type PausedOperations, tidyOperations } from './operation-pauses.ts';
import { type Places, tidyPlaces } from './places.ts';
import type { QuotaPolicy } from './policy.ts';

/** One consumer at one priority. */
export type Flow = {
  /** Start tag of fair queueing: units used, divided by weight. The lowest tag is served first. */
  readonly tag: number;
  /** Until when the consumer counts as waiting in some instance. */
  readonly wantsUntilMillis: number;
  /** Units in the minute of this index, and in the one before: for reports, and for the room of small consumers. */
  readonly minute: number;
  readonly unitsNow: number;
  readonly unitsBefore: number;
};

/** After calls of one priority have had to wait, they are sent one by one for a window. So there is no burst when units become free. */
export type Pace = {
  /** Calls last had to wait at this time. */
  readonly pressedMillis: number;
  /** While paced, the next call is sent no earlier. */
  readonly nextMillis: number;
};
const unpaced: Pace = { pressedMillis: 0, nextMillis: 0 };

export type QuotaState = {
  /** The store's clock has passed this. */
  readonly asOfMillis: number;
  readonly ledger: Ledger;
  /** By `<priority initial>:<consumer>`. */
  readonly flows: Readonly<Record<string, Flow>>;
  /** Tag of the flow served last, by priority initial: where newcomers start. */
  readonly virtual: Readonly<Record<string, number>>;
  /** By `<consumer>/<window seconds>`: the ledger of a cap, in the time scale of that window. */
  readonly caps: Readonly<Record<string, Ledger>>;
  /** By priority. */
  readonly pace: Readonly<Record<Priority, Pace>>;
  /** How many units others use, as a 429 of the upstream has shown. It decays. */
  readonly cut: { readonly units: number; readonly sinceMillis: number } | undefined;
  /** The lowest limit that an instance was configured with, of those that wrote lately. */
  readonly lowest?: { readonly limit: number; readonly untilMillis: number };
  /** Until when the upstream asked for a pause. */
  readonly pausedUntilMillis: number;
  /** Operations that the upstream has refused lately; undefined = none. */
  readonly operations?: PausedOperations;
  /** Units used, by booking, and when the next one is due. */
  readonly booked: Readonly<Record<string, number>>;
  /** Calls that wait; undefined = none is counted. */
  readonly places?: Places;
};

export const emptyState: QuotaState = {
  asOfMillis: 0,
  ledger: emptyLedger,
  flows: {},
  virtual: {},
  caps: {},
  pace: { interactive: unpaced, background: unpaced },
  cut: undefined,
  pausedUntilMillis: 0,
  booked: {},
};

/** The smallest share of the limit after cuts: enough to notice when the budget recovers. */
const leastShare = 0.05;

const ownLimit = (policy: QuotaPolicy): number => Math.max(1, Math.floor(policy.limit * (1 - policy.directShare)));

/** How long after its last write the lower limit of another deployment still applies. */
const lowestForMillis = 300_000;

/** What other instances must know about the limit of this instance. */
export const lowestAfter = (
  { lowest }: Pick<QuotaState, 'lowest'>,
  policy: QuotaPolicy,
  nowMillis: number,
): NonNullable<QuotaState['lowest']> => {
  const own = ownLimit(policy);
  const isLower = lowest !== undefined && lowest.untilMillis > nowMillis && lowest.limit < own;
  return isLower ? lowest : { limit: own, untilMillis: nowMillis + lowestForMillis };
};

/** Units in any window by configuration, before cuts. */
export const configuredLimit = (
  { lowest }: Pick<QuotaState, 'lowest'>,
  policy: QuotaPolicy,
  nowMillis: number,
): number => {
  const known = lowest && lowest.untilMillis > nowMillis ? lowest.limit : Number.POSITIVE_INFINITY;
  return Math.min(known, ownLimit(policy));
};

/** Units in any window that this facade assumes, after cuts. */
export const believedLimit = (
  state: Pick<QuotaState, 'cut' | 'lowest'>,
  policy: QuotaPolicy,
  nowMillis: number,
): number => {
  const configured = configuredLimit(state, policy, nowMillis);
  if (!state.cut) return configured;
  const healed = Math.max(0, nowMillis - state.cut.sinceMillis) / policy.recoveryMillis;
  const cut = state.cut.units * Math.max(0, 1 - healed);
  return Math.max(1, Math.ceil(configured * leastShare), Math.floor(configured - cut));
};

/** Time scale in which a cap's window is as long as 12 buckets of the ledger are in its own. */
const capBuckets = 12;
export const capScale = (windowSeconds: number, bucket: number): number =>
  (bucket * capBuckets) / (windowSeconds * 1_000);

const keep = <Value>(record: Readonly<Record<string, Value>>, wanted: (value: Value) => boolean) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => wanted(value)));

/** How long a unit that became free is distinguished from one that was free all along. */
const freshMillis = 300;

/** The state without entries that have ended at `nowMillis`. */
export const tidy = (state: QuotaState, nowMillis: number): QuotaState => ({
  ...state,
  asOfMillis: Math.max(state.asOfMillis, nowMillis),
  ledger: prune(state.ledger, nowMillis - freshMillis),
  ...(state.places ? { places: tidyPlaces(state.places, nowMillis) } : {}),
  ...(state.operations ? { operations: tidyOperations(state.operations, nowMillis) } : {}),
  flows: keep(state.flows, (flow) => flow.wantsUntilMillis > nowMillis || (flow.minute + 3) * 60_000 > nowMillis),
});
