/** The ceiling while calls have work to do between their admission and their send, such as records to write. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostInAnyWindow } from '../../../bench/quota/simulate.ts';
import { createGovernor } from '../../../shared/quota/governor.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import type { UnitInUse } from '../../../shared/quota/waiting.ts';
import { createFaultyItem } from '../../../shared/simulation/faulty-store.ts';
import { createMachine } from '../../../shared/simulation/machine.ts';
import { createRandom, createVirtualTime } from '../../../shared/simulation/virtual-time.ts';
import { sized } from '../../support/test-size.ts';
import { app, createWorld, times, watch } from './world.ts';

type Fleet = {
  readonly seed: number;
  readonly limit: number;
  readonly instances: number;
  /** Longest work between admission and send. */
  readonly mostWorkMillis: number;
  /** Share of calls that are never answered. */
  readonly unanswered: number;
  readonly freezes: boolean;
  readonly leaseMillis: number;
};

const noFaults = { lostRequests: 0, lostAnswers: 0, throttled: 0, late: 0, frozenWriters: 0 };
const minutes = 4;

const simulate = async ({ seed, limit, instances, leaseMillis, mostWorkMillis, unanswered, freezes }: Fleet) => {
  const random = createRandom(seed);
  const time = createVirtualTime();
  const item = createFaultyItem(time, random, noFaults);
  const policy = { ...defaultPolicy, limit, leaseMillis };
  const sends: { atMillis: number }[] = [];
  const later = (millis: number, act: () => void): void => time.at(time.now() + millis, act);
  const fleet = times(instances, () => {
    const machine = createMachine(time, random, { skewMillis: random() * 5_000, driftShare: 0.000_15 });
    return { machine, governor: createGovernor({ ticker: machine.ticker, store: item.storeFor(machine), policy }) };
  });
  const call = ({ machine, governor }: (typeof fleet)[0]): void => {
    const send = (unit: UnitInUse): void => {
      if (!unit.departs()) {
        call({ machine, governor });
        return;
      }
      const wayMillis = random() * policy.sendGuardMillis;
      sends.push({ atMillis: time.now() + wayMillis });
      if (random() >= unanswered) later(wayMillis + 50, () => machine.whenRunning(unit.answered));
    };
    governor.admit(app).then(
      (unit) => later(random() ** 2 * mostWorkMillis, () => machine.whenRunning(() => send(unit))),
      () => {},
    );
  };
  for (let atMillis = 0; atMillis < minutes * 60_000; atMillis += 30_000 / limit)
    time.at(atMillis, () => {
      const instance = fleet[Math.floor(random() * instances)] as (typeof fleet)[0];
      if (freezes && random() < 0.05) instance.machine.freeze(random() * 70_000);
      instance.machine.whenRunning(() => call(instance));
    });
  await time.runUntil(minutes * 60_000);
  return sends.sort((one, other) => one.atMillis - other.atMillis);
};

describe('a call that has work to do between its admission and its send', () => {
  it('never breaks the ceiling, however long that takes', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          limit: fc.integer({ min: 1, max: 15 }),
          instances: fc.integer({ min: 1, max: 4 }),
          mostWorkMillis: fc.constantFrom(0, 100, 4_000, 20_000, 70_000),
          unanswered: fc.constantFrom(0, 0.3, 1),
          freezes: fc.boolean(),
          leaseMillis: fc.constantFrom(defaultPolicy.leaseMillis, 30_000),
        }),
        async (fleet) => {
          const sends = await simulate(fleet);
          expect(mostInAnyWindow(sends)).toBeLessThanOrEqual(fleet.limit);
        },
      ),
      { numRuns: sized(300, 20) },
    ));

  it('may go as long as its lease lasts, and gives its unit back after that', async () => {
    const { time, governor } = createWorld();
    const admitted = Promise.all(times(10, () => governor.admit(app)));
    await time.runUntil(100);
    const [first, ...others] = await admitted;
    await time.runUntil(500);
    expect(first?.departs()).toBe(true);
    await time.runUntil(20_000);
    expect(others.map(({ departs }) => departs())).toEqual(others.map(() => false));
    expect(governor.counts().late).toBe(9);
    const seen = watch(times(10, () => governor.admit(app)));
    await time.runUntil(21_000);
    expect([seen.admitted, seen.refused.length]).toEqual([9, 1]);
  });
});
