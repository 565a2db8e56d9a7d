/** Flights in virtual time, so that no load of the machine changes the order of events. */

import type { FlightTimers } from '../../../shared/cache/flights.ts';
import type { VirtualTime } from '../../../shared/simulation/virtual-time.ts';
import type { Clock } from '../../../shared/time/clock.ts';

const startMillis = 1_800_000_000_000;

/** @param offMillis how far this clock is ahead. */
export const clockOf = (time: VirtualTime, offMillis = 0): Clock => ({
  nowMillis: () => startMillis + time.now() + offMillis,
});

export const timersOf = (time: VirtualTime): FlightTimers => ({
  sleep: (millis) => new Promise<void>((resolve) => time.at(time.now() + millis, resolve)),
  every: (millis, work) => {
    let isOn = true;
    const plan = (): void =>
      time.at(time.now() + millis, () => {
        if (!isOn) return;
        work();
        plan();
      });
    plan();
    return () => {
      isOn = false;
    };
  },
});

/** Lets virtual time pass until the work is over, and gives its result. */
export const runThrough = async <Value>(time: VirtualTime, work: Promise<Value>): Promise<Value> => {
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  work.then(end, end);
  while (!isOver) await time.runUntil(time.now() + 100);
  return work;
};
