/** Calls of one consumer that wait for the budget leave executions to the others: a function of ten executions, in virtual time. */
import { describe, expect, it } from 'vitest';
import { createMachine } from '../../../bench/quota/machine.ts';
import { mostInAnyWindow } from '../../../bench/quota/simulate.ts';
import { createRandom, createVirtualTime } from '../../../bench/quota/virtual-time.ts';
import { createFaultyItem } from '../../../bench/quota/faulty-store.ts';
import { createGovernor } from '../../../shared/quota/governor.ts';
import type { WaitingBound } from '../../../shared/quota/places.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import type { Applicant } from '../../../shared/quota/waiting.ts';
import { app, batch, createWorld, times, watch } from './world.ts';

const bound: WaitingBound = { executions: 10, share: 0.5, pool: 'native' };

describe('a consumer with three times the budget on a function of ten executions', async () => {
  const limit = 1_000;
  const minutes = 3;
  const random = createRandom(7);
  const time = createVirtualTime();
  const noFaults = { lostRequests: 0, lostAnswers: 0, throttled: 0, late: 0, frozenWriters: 0 };
  const item = createFaultyItem(time, random, noFaults);
  const policy = { ...defaultPolicy, limit };

  const createExecution = () => {
    const machine = createMachine(time, random, { skewMillis: 0, driftShare: 0 });
    const store = item.storeFor(machine);
    return { governor: createGovernor({ ticker: machine.ticker, store, policy, bound }), waits: '' };
  };
  const executions = times(bound.executions, createExecution);
  const idle = [...executions];
  const line: { consumerId: string; sinceMillis: number }[] = [];
  const sends: { atMillis: number }[] = [];
  const small = { answeredMillis: [] as number[], refused: 0 };
  let largeRefused = 0;
  let mostLargeWaiting = 0;
  let marks = 0;

  /** One request in one execution, as Lambda runs them: the next one of the line comes when it is over. */
  const serve = async (execution: (typeof executions)[number]): Promise<void> => {
    const call = line.shift();
    if (!call) {
      idle.push(execution);
      return;
    }
    const { consumerId, sinceMillis } = call;
    execution.waits = consumerId;
    mostLargeWaiting = Math.max(mostLargeWaiting, waitingOfLarge());
    const admitted = await execution.governor.admit({ consumerId, priority: 'interactive' }).then(
      (admission) => admission.departs() && admission,
      () => false as const,
    );
    execution.waits = '';
    if (admitted) {
      sends.push({ atMillis: time.now() });
      await new Promise<void>((resolve) => time.at(time.now() + 30, resolve));
      admitted.answered();
    }
    if (consumerId === 'small') {
      if (admitted) small.answeredMillis.push(time.now() - sinceMillis);
      else small.refused += 1;
    } else if (!admitted) largeRefused += 1;
    // A moment in which the place of a call is known to be free.
    time.at(time.now() + 1, () => void serve(execution));
  };
  /** Those that have asked the store once: to ask takes 2 ms to 206 ms here. */
  const longWaits = new Map<object, number>();
  const waitingOfLarge = (): number =>
    executions.filter(({ waits }) => waits === 'large').length;

  const often = (everyMillis: number, consumerId: string): void => {
    line.push({ consumerId, sinceMillis: time.now() });
    const execution = idle.pop();
    if (execution) void serve(execution);
    time.at(time.now() + everyMillis, () => often(everyMillis, consumerId));
  };
  often(20, 'large');
  often(2_000, 'small');
  await time.runUntil(minutes * 60_000);

  it('debug', () => {
    console.log(small.answeredMillis.toSorted((a, b) => a - b).slice(-5), small.refused, largeRefused, sends.length, mostInAnyWindow(sends), line.length, mostLargeWaiting,
      executions.map(({ governor }) => governor.counts()).reduce((s, c) => ({ reads: s.reads + c.reads, writes: s.writes + c.writes, conflicts: s.conflicts + c.conflicts }), { reads: 0, writes: 0, conflicts: 0 }));
  });
});
