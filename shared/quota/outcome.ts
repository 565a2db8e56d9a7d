/** The state that a round writes for all instances. */

import { type Priority, priorities } from '../exchange/quota-profile.ts';
import { ofRunning } from './entitlement.ts';
import { type Queue, slackUnits, wantMillis, withUnits } from './fairness.ts';
import { addUnits } from './ledger.ts';
import type { Round } from './round.ts';
import { type Flow, lowestAfter, type Pace, type QuotaState } from './state.ts';

/** How long before it expires the mark of a waiting consumer is renewed. */
const renewMillis = 300;

const isWaiting = (queue: Queue, round: Round): boolean => {
  // A consumer that waits for its own cap has no claim on units that others could use.
  if (queue.heldBy === 'cap') return false;
  const last = queue.asks[queue.asks.length - 1] as number;
  // It is refused, and waits no longer.
  if (round.held[last]?.by === 'waiting') return false;
  return (round.expected[last] as number) > round.nowMillis && !round.grants.some(({ ask }) => ask === last);
};

/**
 * Whether a waiting consumer justifies a write that grants nothing: another consumer is so far ahead that it would yield if it saw
 * this one.
 */
const mustSay = (queue: Queue, round: Round): boolean => {
  const { flows } = round.state;
  if ((flows[queue.key]?.wantsUntilMillis ?? 0) > round.nowMillis + renewMillis) return false;
  const ahead = queue.start + slackUnits / queue.weight;
  return Object.entries(flows).some(([key, flow]) => key[0] === queue.key[0] && flow.tag > ahead);
};

const unitsByBucket = (round: Round): Map<number, number> => {
  const units = new Map<number, number>();
  for (const { bucket } of round.grants) units.set(bucket, (units.get(bucket) ?? 0) + 1);
  return units;
};

/** More flows would make the item large, and each write is billed by the KiB. The first to be forgotten are the least recent. */
const mostFlows = 200;

const withoutOldest = (flows: Readonly<Record<string, Flow>>, round: Round): Readonly<Record<string, Flow>> => {
  const entries = Object.entries(flows);
  if (entries.length <= mostFlows) return flows;
  const useOf = ([key, flow]: (typeof entries)[number]): number =>
    flow.wantsUntilMillis > round.nowMillis || round.queues.has(key) ? Number.POSITIVE_INFINITY : flow.minute;
  return Object.fromEntries(entries.sort((one, other) => compare(useOf(other), useOf(one))).slice(0, mostFlows));
};

/** Infinities are equal. */
const compare = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);

const flowsAfter = (round: Round, waiting: readonly Queue[]): Readonly<Record<string, Flow>> => {
  const flows: Record<string, Flow> = { ...round.state.flows };
  for (const queue of round.queues.values()) {
    const flow = withUnits(flows[queue.key], queue.units, round.nowMillis);
    const wantsUntilMillis = waiting.includes(queue) ? round.nowMillis + wantMillis(round) : flow.wantsUntilMillis;
    flows[queue.key] = { ...flow, tag: queue.start + queue.units / queue.weight, wantsUntilMillis };
  }
  return withoutOldest(flows, round);
};

const virtualAfter = (round: Round): Readonly<Record<string, number>> => {
  const virtual: Record<string, number> = { ...round.state.virtual };
  for (const queue of round.queues.values()) {
    const rank = queue.key[0] as string;
    if (queue.units > 0) virtual[rank] = Math.max(virtual[rank] ?? 0, queue.start + (queue.units - 1) / queue.weight);
  }
  return virtual;
};

/** A short wait of an interactive call is no sign of pressure: a few calls may have come at once. */
const pressingMillis = { interactive: 1_000, background: 0 } as const;

const isPressed = (round: Round, waiting: readonly Queue[], priority: Priority): boolean => {
  const pressingFrom = round.nowMillis + pressingMillis[priority];
  return waiting.some(
    (queue) => queue.priority === priority && (round.expected[queue.asks.at(-1) as number] as number) > pressingFrom,
  );
};

/** Pressure justifies a write of its own if it was last written half a window ago: twice a minute at most. */
const isNewPressure = (round: Round, waiting: readonly Queue[], priority: Priority): boolean =>
  round.state.pace[priority].pressedMillis + round.policy.windowMillis / 2 < round.nowMillis &&
  isPressed(round, waiting, priority);

const paceAfter = (round: Round, waiting: readonly Queue[], priority: Priority): Pace => ({
  pressedMillis: isPressed(round, waiting, priority) ? round.nowMillis : round.state.pace[priority].pressedMillis,
  nextMillis: round.nextMillis[priority],
});

/** Counts of bookings are kept until there are many. Then only those of running bookings are kept. */
const mostBooked = 50;

const bookedAfter = ({ booked, reservations }: Round): Readonly<Record<string, number>> =>
  Object.keys(booked).length <= mostBooked ? booked : ofRunning(booked, reservations);

const placesAfter = ({ places, state }: Round): Pick<QuotaState, 'places'> =>
  state.places || places.isChanged() ? { places: places.result() } : {};

/** The state to write; undefined if there is no grant and no news for other instances. */
export const nextState = (round: Round, mustWrite: boolean): QuotaState | undefined => {
  const waiting = [...round.queues.values()].filter((queue) => isWaiting(queue, round));
  const isNews =
    mustWrite ||
    round.grants.length > 0 ||
    round.places.isChanged() ||
    waiting.some((queue) => mustSay(queue, round)) ||
    priorities.some((priority) => isNewPressure(round, waiting, priority));
  if (!isNews) return undefined;
  const { state, nowMillis } = round;
  return {
    ...state,
    asOfMillis: nowMillis,
    ledger: addUnits(state.ledger, unitsByBucket(round)),
    flows: flowsAfter(round, waiting),
    virtual: virtualAfter(round),
    caps: round.caps.result(nowMillis),
    pace: {
      interactive: paceAfter(round, waiting, 'interactive'),
      background: paceAfter(round, waiting, 'background'),
    },
    booked: bookedAfter(round),
    ...(state.operations ? { operations: round.operations.result() } : {}),
    ...placesAfter(round),
    lowest: lowestAfter(state, round.policy, nowMillis),
  };
};
