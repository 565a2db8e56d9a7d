/** Who may work now: at most so many runs at a time, fair between consumers. A lease that is not renewed ends. */
import type { Holder, LeaseBook, Waiter } from './lease-book.ts';
import type { ExportStore } from './store.ts';

/** Longer than any pause between two renewals: steps and polls renew as they begin, and a transfer with each part. */
const leaseMillis = 300_000;
/** A run that waits asks more often than this; one that does not was ended. */
const waiterMillis = 300_000;

/** A record that is kept for longer than this is not written again: most asks only read. */
const freshMillis = 240_000;
/** Waiting runs of one consumer in the book, which is one item of a table. Its other runs ask again until one of these has begun. */
const mostWaiting = 20;

const isAlive =
  (nowMillis: number) =>
  ({ untilMillis }: Holder): boolean =>
    untilMillis > nowMillis;

/** Consumers with the fewest runs at work come first; among them, who has waited longest. */
const inOrder = (holders: readonly Holder[], waiters: readonly Waiter[]): Waiter[] => {
  const working = new Map<string, number>();
  const add = ({ consumerId }: Holder): void => void working.set(consumerId, (working.get(consumerId) ?? 0) + 1);
  for (const holder of holders) add(holder);
  const left = [...waiters];
  const ordered: Waiter[] = [];
  while (left.length > 0) {
    left.sort(
      (a, b) =>
        (working.get(a.consumerId) ?? 0) - (working.get(b.consumerId) ?? 0) ||
        a.sinceMillis - b.sinceMillis ||
        // The same order for whoever asks: two of one millisecond would let each other go first for ever.
        (a.runName < b.runName ? -1 : 1),
    );
    const next = left.shift() as Waiter;
    ordered.push(next);
    add(next);
  }
  return ordered;
};

/** Whether a run may work, and how many are to begin before it: infinitely many, as long as the book has no room for it. */
export type Turn = { readonly isGranted: boolean; readonly ahead: number };

/** The book after a run has asked for a lease. The same book when nothing is to be written. */
export const askForLease = (
  book: LeaseBook,
  { runName, consumerId }: Pick<Holder, 'runName' | 'consumerId'>,
  most: number,
  nowMillis: number,
): Turn & { readonly after: LeaseBook } => {
  const others = (one: Holder): boolean => one.runName !== runName;
  const living = book.holders.filter(isAlive(nowMillis));
  const ofRun = (one: Holder): boolean => !others(one);
  const isFresh = (one: Holder | undefined): boolean => one !== undefined && one.untilMillis - nowMillis > freshMillis;
  const held = living.find(ofRun);
  if (isFresh(held)) return { isGranted: true, ahead: 0, after: book };
  const isHolder = held !== undefined;
  const holders = living.filter(others);
  const waiting = book.waiters.filter(isAlive(nowMillis));
  const known = waiting.find(ofRun);
  const before = waiting.filter((one) => one.consumerId === consumerId);
  if (!isHolder && !known && before.length >= mostWaiting)
    return { isGranted: false, ahead: Number.POSITIVE_INFINITY, after: book };
  const sinceMillis = known?.sinceMillis ?? nowMillis;
  const self = { runName, consumerId, sinceMillis, untilMillis: nowMillis + waiterMillis };
  const waiters = [...waiting.filter(others), self];
  const free = most - holders.length;
  const ahead = inOrder(holders, waiters).indexOf(self);
  const isGranted = isHolder || ahead < free;
  const version = book.version + 1;
  if (!isGranted && isFresh(known)) return { isGranted, ahead, after: book };
  if (!isGranted) return { isGranted, ahead, after: { version, holders, waiters } };
  const holder = { runName, consumerId, untilMillis: nowMillis + leaseMillis };
  const after = { version, holders: [...holders, holder], waiters: waiters.filter(others) };
  return { isGranted, ahead: 0, after };
};

const mostTries = 50;

/** Runs that are next ask every 5 s, so that no place stays free for long. Those far behind ask once a minute, so that a crowd costs little. */
const turnSeconds = (ahead: number, most: number): number => Math.min(5 * (1 + Math.floor(ahead / most)), 60);

const changeBook = async (
  store: Pick<ExportStore, 'readLeases' | 'writeLeases'>,
  change: (book: LeaseBook) => LeaseBook,
): Promise<void> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const book = await store.readLeases();
    const after = change(book);
    if (after === book || (await store.writeLeases(after))) return;
  }
  throw new Error('The leases are changed all the time');
};

export const createLeases = (
  store: Pick<ExportStore, 'readLeases' | 'writeLeases'>,
  nowMillis: () => number,
  /** Runs at work at a time. */
  most: number,
) => {
  const askTurn = async (runName: string, consumerId: string): Promise<Turn> => {
    let turn: Turn = { isGranted: false, ahead: 0 };
    await changeBook(store, (book) => {
      const { after, ...asked } = askForLease(book, { runName, consumerId }, most, nowMillis());
      turn = asked;
      return after;
    });
    return turn;
  };
  return {
    /** Takes or renews the lease of a run. @returns whether it may work. */
    ask: async (runName: string, consumerId: string): Promise<boolean> =>
      (await askTurn(runName, consumerId)).isGranted,
    /** As `ask`. @returns in how many seconds to ask again; undefined = the run may work. */
    async askSeconds(runName: string, consumerId: string): Promise<number | undefined> {
      const { isGranted, ahead } = await askTurn(runName, consumerId);
      return isGranted ? undefined : turnSeconds(ahead, most);
    },
    /** Gives the lease of a run back, or its place in the queue. */
    release: (runName: string): Promise<void> =>
      changeBook(store, ({ version, holders, waiters }) => ({
        version: version + 1,
        holders: holders.filter((one) => one.runName !== runName),
        waiters: waiters.filter((one) => one.runName !== runName),
      })),
  };
};
export type Leases = ReturnType<typeof createLeases>;
