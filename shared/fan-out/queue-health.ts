/**
 * What this instance remembers of queues that fail or are slow: their deliveries are stored at once instead of being tried, so that a broken
 * queue costs the events of others no time. One attempt at each interval tries whether it is well again.
 */
import type { Clock } from '../time/clock.ts';
import type { SendResult } from './queue-sender.ts';

const mostFailures = 2;
const heldMillis = 30_000;
/** SQS answers within some 20 ms. A queue that takes so long several times in a row counts as failing. */
const slowMillis = 500;

type State = { readonly failures: number; readonly heldUntilMillis: number };
const well: State = { failures: 0, heldUntilMillis: 0 };

export const createQueueHealth = (clock: Clock) => {
  const states = new Map<string, State>();
  return {
    /** Whether to try it now. The first who asks after an interval is the one to try. */
    isHeld(arn: string): boolean {
      const state = states.get(arn) ?? well;
      if (state.failures < mostFailures) return false;
      const now = clock.nowMillis();
      if (now < state.heldUntilMillis) return true;
      states.set(arn, { ...state, heldUntilMillis: now + heldMillis });
      return false;
    },
    /** A message that is at fault itself says nothing about its queue. */
    note(arn: string, { kind }: SendResult, millis: number): void {
      if (kind === 'refused') return;
      const isWell = kind === 'sent' && millis < slowMillis;
      if (isWell) states.delete(arn);
      else
        states.set(arn, {
          failures: (states.get(arn) ?? well).failures + 1,
          heldUntilMillis: clock.nowMillis() + heldMillis,
        });
    },
  };
};
export type QueueHealth = ReturnType<typeof createQueueHealth>;
