import type { Clock } from '../../time/clock.ts';
import { type Ingress, type Work, workName } from '../ingress.ts';

const rememberedMillis = 300_000;

/** @returns the ingress, and what was added to it, in order. */
export const createMemoryIngress = (clock: Clock): Ingress & { readonly works: readonly Work[] } => {
  const works: Work[] = [];
  const addedAtMillis = new Map<string, number>();
  return {
    works,
    async add(work, again) {
      const name = workName(work, again);
      const nowMillis = clock.nowMillis();
      if ((addedAtMillis.get(name) ?? Number.NEGATIVE_INFINITY) + rememberedMillis > nowMillis) return;
      addedAtMillis.set(name, nowMillis);
      works.push(structuredClone(work));
    },
  };
};
