/**
 * What this instance remembers of queues that fail or are slow: their deliveries are stored at once instead of being tried, so that a broken
 * queue costs the events of others no time. One attempt at each interval tries whether it is well again.
 */
import type { Clock } from '../time/clock.ts';
import type { SendResult } from './queue-sender.ts';

/** Two failures in a row, or five slow answers, since each of those delays others less. */
const mostWeight = 2;
const failureWeight = 1;
const slowWeight = 0.4;
const heldMillis = 30_000;
/** SQS answers within some 20 ms. */
const slowMillis = 1_000;

type State = { readonly weight: number; readonly heldUntilMillis: number };
const well: State = { weight: 0, heldUntilMillis: 0 };

export const createQueueHealth = (clock: Clock) => {
  const states = new Map<string, State>();
  return {
    /** Whether to store a delivery instead of trying it. The first who asks after an interval is the one to try. */
    isHeld(arn: string): boolean {
      const state = states.get(arn) ?? well;
      if (state.weight < mostWeight) return false;
      const now = clock.nowMillis();
      if (now < state.heldUntilMillis) return true;
      states.set(arn, { ...state, heldUntilMillis: now + heldMillis });
      return false;
    },
    /** A message that is at fault itself says nothing about its queue. */
    note(arn: string, { kind }: SendResult, millis: number): void {
      if (kind === 'refused') return;
      if (kind === 'sent' && millis < slowMillis) {
        states.delete(arn);
        return;
      }
      const { weight } = states.get(arn) ?? well;
      const added = kind === 'sent' ? slowWeight : failureWeight;
      states.set(arn, { weight: weight + added, heldUntilMillis: clock.nowMillis() + heldMillis });
    },
  };
};
export type QueueHealth = ReturnType<typeof createQueueHealth>;
