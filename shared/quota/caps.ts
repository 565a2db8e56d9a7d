/** Caps of single consumers: the tenant's arithmetic on ledgers of their own, twelve buckets to each cap's window. */
import type { Ask } from './ask.ts';
import { addUnits, bucketMillis, bucketOf, emptyLedger, type Ledger, outlook, prune } from './ledger.ts';
import type { Cap } from './policy.ts';
import { capScale } from './state.ts';

export type CapBook = {
  /** Earliest slot that every cap of the consumer allows. */
  readonly slot: (ask: Ask, nowMillis: number) => number;
  /** The cap that opens last; undefined if the consumer has no cap. */
  readonly tightest: (ask: Ask, nowMillis: number) => Cap | undefined;
  readonly take: (ask: Ask, slotMillis: number) => void;
  readonly result: (nowMillis: number) => Readonly<Record<string, Ledger>>;
};

const capKey = (consumerId: string, windowSeconds: number): string => `${consumerId}/${windowSeconds}`;
const secondsOf = (key: string): number => Number(key.slice(key.lastIndexOf('/') + 1));

const capSlot = (ledger: Ledger, cap: Cap, nowMillis: number): number => {
  const scale = capScale(cap.windowSeconds, bucketMillis);
  const { at, free } = outlook(ledger, cap.units, nowMillis * scale);
  const index = free.findIndex((units) => units >= 1);
  // A cap of zero units never opens.
  return index < 0 ? Number.POSITIVE_INFINITY : index === 0 ? nowMillis : (at[index] as number) / scale;
};

export const createCapBook = (before: Readonly<Record<string, Ledger>>): CapBook => {
  const ledgers: Record<string, Ledger> = { ...before };
  const slotOf = ({ consumerId }: Ask, cap: Cap, nowMillis: number): number =>
    capSlot(ledgers[capKey(consumerId, cap.windowSeconds)] ?? emptyLedger, cap, nowMillis);
  return {
    slot: (ask, nowMillis) => Math.max(nowMillis, ...ask.caps.map((cap) => slotOf(ask, cap, nowMillis))),
    tightest(ask, nowMillis) {
      const latest = Math.max(...ask.caps.map((cap) => slotOf(ask, cap, nowMillis)));
      return ask.caps.find((cap) => slotOf(ask, cap, nowMillis) === latest);
    },
    take(ask, slotMillis) {
      // Caps of one window share a ledger: a call counts once in it.
      for (const windowSeconds of new Set(ask.caps.map((cap) => cap.windowSeconds))) {
        const key = capKey(ask.consumerId, windowSeconds);
        const until = (slotMillis + windowSeconds * 1_000) * capScale(windowSeconds, bucketMillis);
        ledgers[key] = addUnits(ledgers[key] ?? emptyLedger, new Map([[bucketOf(until), 1]]));
      }
    },
    result: (nowMillis) =>
      Object.fromEntries(
        Object.entries(ledgers)
          .map(([key, ledger]) => [key, prune(ledger, nowMillis * capScale(secondsOf(key), bucketMillis))] as const)
          .filter(([, ledger]) => ledger.counts.length > 0),
      ),
  };
};
