/** The shared item behind a bad network: slow, lossy, throttled, and its hosts do not quite agree on the time. */
import type { Dated, QuotaStore, StoredQuota } from '../quota/quota-store.ts';
import { epochMillis, type Machine } from './machine.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Shares of calls, 0 to 1. */
export type StoreFaults = {
  readonly lostRequests: number;
  readonly lostAnswers: number;
  readonly throttled: number;
  /** Requests that arrive up to 20 s late. */
  readonly late: number;
  /** Writes after which the writer is frozen for up to 90 s, the answer on its way to it. */
  readonly frozenWriters: number;
};

export const createFaultyItem = (time: VirtualTime, random: () => number, faults: StoreFaults, medianMillis = 4) => {
  let stored: StoredQuota | undefined;

  const travelMillis = (): number => medianMillis * (0.5 + random()) + (random() < 0.01 ? random() * 200 : 0);
  /** A host of the store: up to 20 ms off, its Date up to 50 ms old. */
  const dateMillis = (): number =>
    Math.floor((epochMillis + time.now() + (random() * 2 - 1) * 19 - random() * 49) / 1_000) * 1_000;

  const call = <Value>(machine: Machine, act: () => Value): Promise<Dated<Value>> =>
    new Promise((resolve, reject) => {
      if (random() < faults.lostRequests) return;
      const delay = random() < faults.late ? random() * 20_000 : travelMillis();
      time.at(time.now() + delay, () => {
        const isThrottled = random() < faults.throttled;
        const told = isThrottled ? undefined : { value: act(), dateMillis: dateMillis() };
        if (random() < faults.lostAnswers) return;
        time.at(time.now() + travelMillis(), () =>
          machine.whenRunning(() => (told ? resolve(told) : reject(new Error('throttled')))),
        );
      });
    });

  return {
    storeFor: (machine: Machine): QuotaStore => ({
      read: () => call(machine, () => stored),
      replace(state, expected) {
        if (random() < faults.frozenWriters) machine.freeze(random() * 90_000);
        return call(machine, () => {
          const isCurrent = (stored?.version ?? 0) === expected;
          if (isCurrent) stored = { state, version: expected + 1 };
          return isCurrent;
        });
      },
    }),
  };
};
