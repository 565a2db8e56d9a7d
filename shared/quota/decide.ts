/**
 * Decides which waiting calls get a unit, and for when, from the shared state, the calls that wait in this instance and the
 * time. It also returns the new shared state. Pure: the governor reads the state, calls this, and writes the result only if no
 * other instance wrote in between.
 */

import type { Ask, Reservation } from './ask.ts';
import { createCapBook } from './caps.ts';
import { toQueues } from './fairness.ts';
import { type Settlement, settle, usedAt } from './ledger.ts';
import { createOperationPauses } from './operation-pauses.ts';
import { nextState } from './outcome.ts';
import { createPlaceBook, type LeftPlace, type WaitingBound } from './places.ts';
import type { QuotaPolicy } from './policy.ts';
import { toRanks } from './ranks.ts';
import { type Grant, type Round, retryNoLaterThan } from './round.ts';
import { openAfterMillis, promise, serve } from './serve.ts';
import { believedLimit, type QuotaState, tidy } from './state.ts';
import { expectTurn, takePlaces } from './take-places.ts';
import type { WaitReason } from './wait-reason.ts';

export type DecisionInput = {
  readonly state: QuotaState;
  readonly policy: QuotaPolicy;
  /** The store's clock has passed `earliest` and has not reached `latest`. */
  readonly now: { readonly earliestMillis: number; readonly latestMillis: number };
  readonly asks: readonly Ask[];
  readonly settlements: readonly Settlement[];
  readonly reservations: readonly Reservation[];
  /** Result of this instance's last decision; empty for the first one. */
  readonly backlog?: ReadonlyMap<string, number>;
  /** The state has changed in a way that other instances must see. */
  readonly mustWrite?: boolean;
  /** Left out: any number of calls may wait. */
  readonly bound?: WaitingBound | undefined;
  /** Waiting places that calls of this instance have left before they ended. */
  readonly leftPlaces?: readonly LeftPlace[];
};

export type Decision = {
  /** Must be written before any grant is used; undefined = nothing to write. */
  readonly next: QuotaState | undefined;
  readonly grants: readonly Grant[];
  /** By index of ask: the slot, or when the call is likely to get one. */
  readonly expectedMillis: readonly number[];
  /** When to decide again; undefined if no call waits. */
  readonly retryAtMillis: number | undefined;
  /** Tags of consumers that wait here, by flow: for the next decision, unless this one is not written. */
  readonly backlog: ReadonlyMap<string, number>;
  /** By index of ask: why it cannot be sent now; undefined if it got a slot. */
  readonly held: readonly (WaitReason | undefined)[];
  /** By index of ask: when its waiting place ends; undefined if it does not wait, or may not. */
  readonly placeMillis: readonly (number | undefined)[];
  /** Units that are free now, and the limit. */
  readonly freeNow: number;
  readonly limit: number;
};

/** The lease grows with the uncertainty about the time, up to this. */
const mostUncertainMillis = 1_500;

/** Leaves calls of paused operations out of this round until they may be sent. Other calls of their consumer continue. */
const holdPaused = (round: Round): void => {
  for (const [index, slotMillis] of round.operations.slots) {
    if (!isPausedBeyond(round, slotMillis)) continue;
    round.expected[index] = slotMillis;
    round.held[index] = { by: 'operation', operation: round.asks[index]?.operation ?? '' };
    retryNoLaterThan(round, slotMillis - round.policy.horizonMillis);
  }
};

const isPausedBeyond = ({ policy, nowMillis }: Pick<Round, 'policy' | 'nowMillis'>, slotMillis: number): boolean =>
  slotMillis > nowMillis + policy.horizonMillis;

/** Decides for all calls that wait in one instance. The same input always gives the same decision. */
export const decide = (input: DecisionInput): Decision => {
  const { policy, asks, now } = input;
  const nowMillis = Math.max(now.earliestMillis, input.state.asOfMillis);
  const tidied = tidy(input.state, nowMillis);
  const state = { ...tidied, ledger: settle(tidied.ledger, input.settlements) };
  const used = usedAt(state.ledger, nowMillis);
  const operations = createOperationPauses(state.operations ?? {}, asks, nowMillis);
  const isLeftOut = (index: number): boolean =>
    isPausedBeyond({ policy, nowMillis }, operations.slots.get(index) ?? nowMillis);
  const round: Round = {
    state,
    policy,
    asks,
    reservations: input.reservations,
    nowMillis,
    uncertainMillis: Math.min(mostUncertainMillis, Math.max(0, now.latestMillis - nowMillis)),
    limit: believedLimit(state, policy, nowMillis),
    caps: createCapBook(state.caps),
    queues: toQueues(asks, state, nowMillis, input.backlog ?? new Map(), isLeftOut),
    operations,
    places: createPlaceBook(state.places ?? {}, input.bound, nowMillis, input.leftPlaces ?? []),
    placeMillis: asks.map((ask) => ask.placeMillis),
    used,
    fresh: usedAt(state.ledger, nowMillis - openAfterMillis) - used,
    grants: [],
    expected: new Array<number>(asks.length).fill(Number.POSITIVE_INFINITY),
    held: new Array<WaitReason | undefined>(asks.length).fill(undefined),
    booked: { ...state.booked },
    taken: 0,
    awaited: 0,
    nextMillis: { interactive: state.pace.interactive.nextMillis, background: state.pace.background.nextMillis },
    retryMillis: Number.POSITIVE_INFINITY,
  };
  const ranks = toRanks(round);
  for (const rank of ranks) serve(round, rank);
  for (const rank of ranks) promise(round, rank);
  holdPaused(round);
  takePlaces(round);
  expectTurn(round);
  return {
    next: nextState(round, input.mustWrite ?? false),
    grants: round.grants,
    expectedMillis: round.expected,
    held: round.held,
    placeMillis: round.placeMillis,
    retryAtMillis: Number.isFinite(round.retryMillis) ? round.retryMillis : undefined,
    backlog: new Map([...round.queues.values()].map((queue) => [queue.key, queue.start + queue.units / queue.weight])),
    freeNow: Math.max(0, round.limit - used - round.taken),
    limit: round.limit,
  };
};
