/** How many requests are under way at once, in sum and by kind. Uploads and tables are what a server can carry the fewest of. */
import type { Operation } from '../operations.ts';

interface Count {
  now: number;
  most: number;
}

export interface InFlight {
  /** @returns what ends the request. */
  begin(operation: Operation | undefined): () => void;
  shown(): { readonly now: number; readonly most: number; readonly byKind: Readonly<Record<string, Count>> };
  /** Forgets the maxima. Requests that are under way stay counted. */
  clear(): void;
}

/** Label arrays weigh as much as tables do. */
const kindOf = (operation: Operation | undefined): string => {
  if (operation === undefined) return 'other';
  const isLabelArray = operation.method === 'GET' && operation.path.endsWith('/segmentations');
  return operation.kind === 'csv' || isLabelArray ? 'table' : operation.kind;
};

export const createInFlight = (): InFlight => {
  const all: Count = { now: 0, most: 0 };
  const kinds = new Map<string, Count>();
  const countOf = (kind: string): Count => {
    const count = kinds.get(kind) ?? { now: 0, most: 0 };
    kinds.set(kind, count);
    return count;
  };
  return {
    begin(operation) {
      const counts = [all, countOf(kindOf(operation))];
      for (const count of counts) {
        count.now += 1;
        count.most = Math.max(count.most, count.now);
      }
      return () => {
        for (const count of counts) count.now -= 1;
      };
    },
    shown: () => ({ ...all, byKind: Object.fromEntries([...kinds].map(([kind, count]) => [kind, { ...count }])) }),
    clear() {
      for (const count of [all, ...kinds.values()]) count.most = count.now;
    },
  };
};
