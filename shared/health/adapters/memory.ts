import type { HealthStore, KnownState, Outcomes } from '../health-store.ts';

export const createMemoryHealthStore = (): HealthStore => {
  const periods = new Map<number, Outcomes>();
  let knownAtMillis = 0;
  let known: Readonly<Record<string, KnownState>> = {};
  return {
    async addOutcomes(start, { answered, failed }) {
      const before = periods.get(start) ?? { answered: 0, failed: 0 };
      periods.set(start, { answered: before.answered + answered, failed: before.failed + failed });
    },
    async outcomesSince(millis) {
      const wanted = [...periods].filter(([start]) => start >= millis).map(([, outcomes]) => outcomes);
      const total = (name: keyof Outcomes) => wanted.reduce((sum, outcomes) => sum + outcomes[name], 0);
      return { answered: total('answered'), failed: total('failed') };
    },
    readStates: async () => known,
    async writeStates(states, checkedAtMillis) {
      if (checkedAtMillis < knownAtMillis) return;
      knownAtMillis = checkedAtMillis;
      known = structuredClone(states);
    },
  };
};
