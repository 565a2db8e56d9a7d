/** Finds notifications that were kept and that nobody has dispatched, and adds them to the ingress again until somebody has. */
import type { Ingress } from '../notifications/ingress.ts';
import type { Entry, Ledger } from '../notifications/ledger.ts';
import type { Clock } from '../time/clock.ts';
import type { Observe } from './counts.ts';
import type { WakeStore } from './wake-store.ts';

export type UndispatchedParts = {
  readonly ledger: Pick<Ledger, 'list' | 'read'>;
  readonly ingress: Ingress;
  readonly wakes: Pick<WakeStore, 'readSearched' | 'writeSearched'>;
  readonly clock: Clock;
  readonly observe: Observe;
};

/** A dispatcher that was killed is followed by SQS itself within minutes. */
const dispatchedWithinMillis = 120_000;
/**
 * So many are looked after at a time. While there are as many, the checkpoint stands still, so that it passes none, and the search goes round
 * and round ahead of it: what it finds there is added to the ingress in each round.
 */
const mostLeft = 400;
const pageSize = 100;
const mostPages = 5;
const readAtOnce = 25;
/** What fails for so long is added less often: on its way it holds the later notifications of its entity. */
const oftenMillis = 600_000;
const rarelyMinutes = 15;

const minuteOf = (millis: number): number => Math.floor(millis / 60_000);
const idOf = ({ notification: { id } }: Entry): string => id;

export const createUndispatched = ({ ledger, ingress, wakes, clock, observe }: UndispatchedParts) => {
  /** Those that are still there and not dispatched. */
  const stillLeft = async (ids: readonly string[]): Promise<Entry[]> => {
    const left: Entry[] = [];
    for (let first = 0; first < ids.length; first += readAtOnce) {
      const entries = await Promise.all(ids.slice(first, first + readAtOnce).map((id) => ledger.read(id)));
      left.push(...entries.filter((entry) => entry !== undefined).filter(({ dispatched }) => !dispatched));
    }
    return left;
  };

  /**
   * @param known those that are looked after already. @param room for so many others.
   * @returns others, and how far the search has come: all before that was looked at.
   */
  const search = async (fromMillis: number, untilMillis: number, known: ReadonlySet<string>, room: number) => {
    const found: Entry[] = [];
    let reachedMillis = fromMillis;
    let cursor: string | undefined;
    // Past its bound it goes on until it has come further than before: else the next run would read the same again.
    for (let page = 0; page < mostPages || reachedMillis === fromMillis; page += 1) {
      const range = { fromMillis, untilMillis, order: 'oldest-first', limit: pageSize } as const;
      const { entries, ...rest } = await ledger.list({ ...range, ...(cursor === undefined ? {} : { cursor }) });
      for (const entry of entries) {
        reachedMillis = entry.notification.receivedAtMillis;
        if (entry.dispatched || known.has(idOf(entry))) continue;
        if (found.length >= room) return { found, reachedMillis };
        found.push(entry);
      }
      cursor = rest.cursor;
      if (cursor === undefined) return { found, reachedMillis: untilMillis };
    }
    return { found, reachedMillis };
  };

  return {
    /** @returns how many were added. @throws when a store fails: the next run begins where this one began. */
    async run(): Promise<number> {
      const now = clock.nowMillis();
      const isDue = ({ notification: { receivedAtMillis } }: Entry): boolean =>
        now - receivedAtMillis < oftenMillis || minuteOf(now) % rarelyMinutes === 0;
      const { untilMillis: fromMillis = 0, left: ids = [], aheadMillis } = (await wakes.readSearched()) ?? {};
      const before = await stillLeft(ids);
      const untilMillis = now - dispatchedWithinMillis;
      const { found, reachedMillis } =
        fromMillis < untilMillis
          ? await search(fromMillis, untilMillis, new Set(before.map(idOf)), mostLeft - before.length)
          : { found: [], reachedMillis: fromMillis };
      const left = [...before, ...found];
      const isFull = left.length >= mostLeft && reachedMillis < untilMillis;
      const ahead = isFull
        ? await search(Math.max(aheadMillis ?? 0, reachedMillis), untilMillis, new Set(left.map(idOf)), mostLeft)
        : undefined;
      const due = [...before.filter(isDue), ...found, ...(ahead?.found ?? [])];
      for (const { notification } of due) {
        const { id, entity } = notification;
        await ingress.add({ kind: 'notification', id, entity }, String(minuteOf(now)));
      }
      // Where a round ends, the next one begins at the checkpoint.
      const next = ahead && ahead.reachedMillis < untilMillis ? { aheadMillis: ahead.reachedMillis } : {};
      await wakes.writeSearched({ untilMillis: reachedMillis, left: left.map(idOf), ...next });
      if (due.length > 0) observe({ foundUndispatched: due.length });
      return due.length;
    },
  };
};
