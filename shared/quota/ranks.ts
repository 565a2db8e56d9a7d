/** The ranks of a round: the order in which calls are served, and the room that each rank leaves to others. */
import type { Priority } from '../exchange/quota-profile.ts';
import type { Reservation } from './ask.ts';
import { entitledUnits, isUsedUp } from './entitlement.ts';
import type { Queue } from './fairness.ts';
import { createLane, type Lane } from './lane.ts';
import { outlook } from './ledger.ts';
import type { Round } from './round.ts';
import { smallConsumersOf } from './small-consumers.ts';

/** Part of the limit that is always left for the next interactive call. */
const freeShare = 0.001;

export type Rank = {
  readonly lane: Lane;
  readonly queues: readonly Queue[];
  /** How near a call's slot must be to justify a write of its own. */
  readonly batchMillis: number;
  readonly isPaced: boolean;
  readonly priority: Priority;
  /** Why room is held that this rank may not use; undefined = no room is held. */
  readonly beside: 'bookings' | 'reserve' | 'small' | undefined;
  readonly reservation: Reservation | undefined;
  /** Calls that it may still serve or let wait. The other calls are left to the ranks below. */
  left: number;
};

const consumerOf = (queue: Queue): string => queue.key.slice(2);

/** From the most to the least urgent: running bookings as far as their rate goes, interactive, background. */
export const toRanks = (round: Round): Rank[] => {
  const { state, policy, limit, nowMillis } = round;
  const { windowMillis, horizonMillis } = policy;
  const running = round.reservations.filter((reservation) => !isUsedUp(round.booked, reservation));
  const bookedRate = running.reduce((sum, { unitsPerMilli }) => sum + unitsPerMilli, 0);
  const reservedRate = Math.floor(limit * policy.reservedShare) / windowMillis;
  const base = outlook(state.ledger, limit, Math.max(nowMillis, state.pausedUntilMillis));
  const lane = (units: number, unitsPerMilli: number) => createLane(base, { units, unitsPerMilli }, windowMillis);
  const all = [...round.queues.values()];
  const isPaced = (priority: Priority) => state.pace[priority].pressedMillis + windowMillis > nowMillis;
  const batchMillis = horizonMillis / 2;
  const left = Number.POSITIVE_INFINITY;
  const plain = { batchMillis: 0, priority: 'interactive' as const, beside: undefined, reservation: undefined, left };
  const besideBookings: Rank['beside'] = bookedRate > 0 ? 'bookings' : undefined;
  const small = smallConsumersOf(state, limit, nowMillis);
  const keptRate = small.units / windowMillis;
  const interactive = {
    ...plain,
    isPaced: isPaced('interactive'),
    beside: besideBookings,
    batchMillis: isPaced('interactive') ? batchMillis : 0,
  };
  const asking = all.filter(({ priority }) => priority === 'interactive');
  return [
    ...running.map((reservation) => {
      const queues = all.filter((queue) => consumerOf(queue) === reservation.consumerId);
      const due = entitledUnits(round.booked, reservation, nowMillis);
      return { ...plain, isPaced: false, lane: lane(0, 0), queues, reservation, left: due };
    }),
    { ...interactive, lane: lane(0, bookedRate), queues: asking.filter(small.has) },
    {
      ...interactive,
      lane: lane(0, bookedRate + keptRate),
      beside: keptRate > 0 ? 'small' : besideBookings,
      queues: asking.filter((queue) => !small.has(queue)),
    },
    {
      lane: lane(Math.floor(limit * freeShare), reservedRate + bookedRate),
      queues: all.filter(({ priority }) => priority === 'background'),
      batchMillis,
      priority: 'background',
      isPaced: isPaced('background'),
      beside: bookedRate > reservedRate ? 'bookings' : 'reserve',
      reservation: undefined,
      left,
    },
  ];
};
