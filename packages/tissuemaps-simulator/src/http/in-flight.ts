/** How many requests are under way at once, in sum and by kind. Uploads and tables are what a server can carry the fewest of. */
import type { Operation } from '../operations.ts';

interface Shown {
  readonly now: number;
  readonly most: number;
  /** Milliseconds of all requests together, by the machine's time: divided by the time that passed, the mean number under way. */
  readonly loadMillis: number;
}

interface Count {
  change(by: 1 | -1): void;
  shown(): Shown;
  clear(): void;
}

const createCount = (): Count => {
  let now = 0;
  let most = 0;
  let loadMillis = 0;
  let sinceMillis = performance.now();
  const addLoad = () => {
    const millis = performance.now();
    loadMillis += now * (millis - sinceMillis);
    sinceMillis = millis;
  };
  return {
    change(by) {
      addLoad();
      now += by;
      most = Math.max(most, now);
    },
    shown() {
      addLoad();
      return { now, most, loadMillis };
    },
    clear() {
      addLoad();
      most = now;
      loadMillis = 0;
    },
  };
};

export interface InFlight {
  /** @returns what ends the request. */
  begin(operation: Operation | undefined): () => void;
  shown(): Shown & { readonly byKind: Readonly<Record<string, Shown>> };
  /** Forgets the maxima and the load. Requests that are under way stay counted. */
  clear(): void;
}

/** Label arrays weigh as much as tables do. */
const kindOf = (operation: Operation | undefined): string => {
  if (operation === undefined) return 'other';
  const isLabelArray = operation.method === 'GET' && operation.path.endsWith('/segmentations');
  return operation.kind === 'csv' || isLabelArray ? 'table' : operation.kind;
};

export const createInFlight = (): InFlight => {
  const all = createCount();
  const kinds = new Map<string, Count>();
  const countOf = (kind: string): Count => {
    const count = kinds.get(kind) ?? createCount();
    kinds.set(kind, count);
    return count;
  };
  return {
    begin(operation) {
      const counts = [all, countOf(kindOf(operation))];
      for (const count of counts) count.change(1);
      return () => {
        for (const count of counts) count.change(-1);
      };
    },
    shown: () => ({
      ...all.shown(),
      byKind: Object.fromEntries([...kinds].map(([kind, count]) => [kind, count.shown()])),
    }),
    clear() {
      for (const count of [all, ...kinds.values()]) count.clear();
    },
  };
};
