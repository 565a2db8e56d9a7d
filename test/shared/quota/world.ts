/** Governors on one store in virtual time, with faults on demand. */

import { createMemoryQuotaStore } from '../../../shared/quota/adapters/memory.ts';
import { createGovernor } from '../../../shared/quota/governor.ts';
import type { GovernorOptions } from '../../../shared/quota/governor-options.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import type { QuotaStore } from '../../../shared/quota/quota-store.ts';
import type { UnitInUse } from '../../../shared/quota/waiting.ts';
import { createMachine, epochMillis } from '../../../shared/simulation/machine.ts';
import { createVirtualTime } from '../../../shared/simulation/virtual-time.ts';

export const app = { consumerId: 'app', priority: 'interactive' } as const;
export const batch = { consumerId: 'batch', priority: 'background' } as const;

export const createWorld = (options: Partial<GovernorOptions> = {}) => {
  const time = createVirtualTime();
  const memory = createMemoryQuotaStore(() => Math.floor((epochMillis + time.now()) / 1_000) * 1_000);
  let fault: 'none' | 'down' | 'answer lost' = 'none';
  const spoil = async <Value>(act: () => Promise<Value>): Promise<Value> => {
    if (fault === 'down') throw new Error('the store is down');
    const value = await act();
    if (fault === 'answer lost') throw new Error('the answer was lost');
    return value;
  };
  const store: QuotaStore = {
    read: () => (fault === 'answer lost' ? memory.read() : spoil(() => memory.read())),
    replace: (state, expected) => spoil(() => memory.replace(state, expected)),
  };
  const policy = { ...defaultPolicy, limit: 10, sendGuardMillis: 1_000, ...options.policy };
  const join = (parts: Partial<GovernorOptions> = {}) => {
    const machine = createMachine(time, () => 0.5, { skewMillis: 0, driftShare: 0 });
    return { machine, governor: createGovernor({ ticker: machine.ticker, store, ...options, policy, ...parts }) };
  };
  const setFault = (next: typeof fault) => {
    fault = next;
  };
  return { time, memory, setFault, join, ...join() };
};

/** What became of calls so far. Each is sent at once when it is admitted. */
export const watch = (calls: readonly Promise<UnitInUse>[]) => {
  const seen = { admitted: 0, refused: [] as { code: string; facts: { retryAfterSeconds: number } }[] };
  for (const call of calls)
    call.then(
      ({ departs }) => {
        if (departs()) seen.admitted += 1;
      },
      (error) => seen.refused.push(error),
    );
  return seen;
};
export const times = <Value>(count: number, make: () => Value): Value[] => Array.from({ length: count }, make);
