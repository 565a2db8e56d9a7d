/** Waiting places in a round: a waiting call holds one, and a call that gets none may not wait. */
import type { Ask } from './ask.ts';
import type { Round } from './round.ts';

/** Whether the call may have this slot. A call that has to wait for it needs a place; any other call frees its place. */
export const mayWaitUntil = (round: Round, index: number, slotMillis: number): boolean => {
  const ask = round.asks[index] as Ask;
  if (slotMillis <= round.nowMillis) {
    round.places.leave(ask);
    round.placeMillis[index] = undefined;
    return true;
  }
  const untilMillis = Math.ceil(slotMillis);
  if (!round.places.take(ask, untilMillis)) return false;
  round.placeMillis[index] = untilMillis;
  return true;
};

/**
 * Why a call may not wait.
 * @param operation the paused operation, if the call waits for nothing else. Other calls of its consumer then need no place.
 */
export const tooMany = ({ places }: Round, { consumerId }: Ask, operation?: string) => ({
  by: 'waiting' as const,
  calls: places.countOf(consumerId),
  operation,
});

/** Takes places for the calls that wait without a slot; a call that gets none may not wait. */
export const takePlaces = (round: Round): void => {
  const granted = new Set(round.grants.map(({ ask }) => ask));
  round.asks.forEach((ask, index) => {
    if (granted.has(index) || ask.placeMillis !== undefined) return;
    if ((round.expected[index] as number) > ask.latestMillis) return;
    const untilMillis = round.places.untilOf(ask);
    const held = round.held[index];
    if (held?.by !== 'waiting' && round.places.take(ask, untilMillis)) round.placeMillis[index] = untilMillis;
    else round.held[index] = tooMany(round, ask, held && 'operation' in held ? held.operation : undefined);
  });
};

/** A call that may not wait is told to retry after the waiting calls have been served. */
export const expectTurn = (round: Round): void => {
  const unitMillis = round.policy.windowMillis / round.limit;
  round.held.forEach((held, index) => {
    if (held?.by !== 'waiting') return;
    const turnMillis = round.nowMillis + held.calls * unitMillis;
    round.expected[index] = Math.max(round.expected[index] as number, turnMillis);
  });
};
