/**
 * The pull sweep: brings in what the tenant recorded and no push brought. It reads the time since the last safe point in slices,
 * the oldest first, and moves the safe point only behind a slice of which everything is kept and queued.
 */
import type { Clock } from '../time/clock.ts';
import type { Intake } from './intake.ts';
import type { Ledger } from './ledger.ts';
import type { Notification } from './notification.ts';
import { isMalformed, readNotification } from './read-notification.ts';

export type FeedQuery = {
  /** By the tenant's clock, both ends included; absent = not bounded. */
  readonly fromMillis?: number | undefined;
  readonly untilMillis?: number | undefined;
  readonly status: 'all' | 'notdismissed';
  readonly offset: number;
  readonly limit: number;
};
type FeedPage = {
  /** Native documents, in any order. */
  readonly documents: readonly unknown[];
  /** Where the next page begins; undefined = this was the last. */
  readonly nextOffset: number | undefined;
  /** The tenant's clock when it answered; undefined when it did not say. */
  readonly tenantMillis: number | undefined;
};

/** Port: what the tenant has recorded. */
export interface NotificationFeed {
  /** @throws when there is no answer, or one that is no list. */
  list(query: FeedQuery): Promise<FeedPage>;
  /** Marks a notification as dismissed. @throws when it is not known to be. */
  dismiss(id: string): Promise<void>;
}

/** `version` 0 = nothing was written yet. */
export type PullState = { readonly version: number; readonly safeMillis?: number | undefined };

/** Port. There is one state for each stage. */
export interface PullStore {
  read(): Promise<PullState>;
  /** @param state its version is one above the one that it replaces. @returns false when somebody else replaced it meanwhile. */
  write(state: PullState): Promise<boolean>;
}

/** Told what a pass has seen; both may throw, and the safe point stays then. */
export type PassWatcher = {
  /** How far back the pass has to look for it. Undefined = no further than it does by itself. */
  readonly begin: () => Promise<number | undefined>;
  readonly seen: (notification: Notification) => void;
  /** After a whole pass. @param startMillis when it began. */
  readonly end: (pass: { readonly fromMillis: number; readonly startMillis: number }) => Promise<void>;
};

export type PullSettings = {
  /** How far back the very first pass looks. */
  readonly backfillMillis: number;
  /** Looked at again by each pass: a notification may show up late in the list, and clocks differ. */
  readonly overlapMillis: number;
  /** A slice is halved until it has no more pages than `mostPages`, or is `leastSliceMillis` long. */
  readonly sliceMillis: number;
  readonly leastSliceMillis: number;
  readonly pageSize: number;
  readonly mostPages: number;
  readonly atOnce: number;
};

/** Listings upstream may end at offset 5000 (the simulator's switch): 40 pages of 100 stay below it. */
export const defaultPullSettings: PullSettings = {
  backfillMillis: 0,
  overlapMillis: 900_000,
  sliceMillis: 86_400_000,
  leastSliceMillis: 1_000,
  pageSize: 100,
  mostPages: 40,
  atOnce: 8,
};

export type PullReport = {
  readonly calls: number;
  readonly seen: number;
  /** Not in the ledger before: no push had brought them. */
  readonly found: number;
  readonly queuedAgain: number;
  readonly malformed: number;
  /** In slices that had more pages than could be read; they may be incomplete. */
  readonly overflowed: number;
  /** Whether the safe point is at the present. */
  readonly isComplete: boolean;
  /** From the safe point to now. */
  readonly lagMillis: number;
};

export type PullOptions = {
  readonly feed: NotificationFeed;
  readonly store: PullStore;
  readonly intake: Pick<Intake, 'takeExpectingKnown'>;
  readonly ledger: Pick<Ledger, 'keepMalformed'>;
  readonly clock: Clock;
  readonly watcher?: PassWatcher | undefined;
  readonly settings?: PullSettings;
};

const numberOf = (id: string): number => (/^\d{1,15}$/.test(id) ? Number(id) : Number.NaN);

/** The order in which they happened; ids of one instant are counted up by the tenant. */
const inOrder = (one: Notification, other: Notification): number =>
  one.createdAtMillis - other.createdAtMillis || numberOf(one.id) - numberOf(other.id) || (one.id < other.id ? -1 : 1);

type Collected = {
  readonly documents: unknown[];
  readonly isWhole: boolean;
  readonly tenantMillis: number | undefined;
};

export const createPull = ({
  feed,
  store,
  intake,
  ledger,
  clock,
  watcher,
  settings = defaultPullSettings,
}: PullOptions) => {
  const { overlapMillis, leastSliceMillis, pageSize, mostPages, atOnce } = settings;

  const collect = async (
    fromMillis: number,
    untilMillis: number | undefined,
    onCall: () => void,
  ): Promise<Collected> => {
    const documents: unknown[] = [];
    let tenantMillis: number | undefined;
    let offset: number | undefined = 0;
    for (let pages = 0; offset !== undefined; pages += 1) {
      if (pages >= mostPages) return { documents, isWhole: false, tenantMillis };
      const page: FeedPage = await feed.list({ fromMillis, untilMillis, status: 'all', offset, limit: pageSize });
      onCall();
      tenantMillis ??= page.tenantMillis;
      documents.push(...page.documents);
      offset = page.nextOffset;
    }
    return { documents, isWhole: true, tenantMillis };
  };

  /** Those of one entity one after the other. One that fails leaves the others to be taken, and fails the pass at its end. */
  const takeAll = async (notifications: readonly Notification[], count: { found: number; queuedAgain: number }) => {
    const lanes = [...Map.groupBy(notifications.toSorted(inOrder), ({ entity }) => entity).values()];
    const failures: unknown[] = [];
    const takeLane = async (lane: readonly Notification[]): Promise<void> => {
      for (const notification of lane) {
        const taken = await intake.takeExpectingKnown(notification);
        if (taken === 'new') count.found += 1;
        if (taken === 'queued-again') count.queuedAgain += 1;
      }
    };
    const work = async (): Promise<void> => {
      for (let lane = lanes.shift(); lane; lane = lanes.shift())
        await takeLane(lane).catch((error: unknown) => failures.push(error));
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    if (failures.length > 0) throw failures[0];
  };

  const readAll = async (documents: readonly unknown[]) => {
    const receipt = { origin: 'pull', receivedAtMillis: clock.nowMillis() } as const;
    const byId = new Map<string, Notification>();
    let malformed = 0;
    for (const document of documents) {
      const read = readNotification(document, receipt);
      if (!isMalformed(read)) byId.set(read.id, read);
      else {
        malformed += 1;
        await ledger.keepMalformed(Buffer.from(JSON.stringify(document) ?? 'undefined'), `pulled: ${read.reason}`);
      }
    }
    return { notifications: [...byId.values()], malformed };
  };

  return {
    /** From the safe point to now; undefined before the first pass. */
    async lagMillis(): Promise<number | undefined> {
      const { safeMillis } = await store.read();
      return safeMillis === undefined ? undefined : Math.max(0, clock.nowMillis() - safeMillis);
    },

    /**
     * Goes on from the safe point until now, or until `deadlineMillis`; the next run goes on where this one ended. Two runs at
     * once do no harm.
     * @throws what the feed or a store throws; the safe point stays where everything before it is kept.
     */
    async run(deadlineMillis: number): Promise<PullReport> {
      let state = await store.read();
      const startMillis = clock.nowMillis();
      const reachBackMillis = await watcher?.begin();
      let safeMillis = state.safeMillis ?? startMillis - settings.backfillMillis;
      const firstFromMillis = Math.min(safeMillis - overlapMillis, reachBackMillis ?? Number.POSITIVE_INFINITY);
      let fromMillis = firstFromMillis;
      let { sliceMillis } = settings;
      const count = { calls: 0, seen: 0, found: 0, queuedAgain: 0, malformed: 0, overflowed: 0 };
      let isComplete = false;
      while (!isComplete && (count.calls === 0 || clock.nowMillis() < deadlineMillis)) {
        const isLast = fromMillis + sliceMillis >= startMillis;
        const untilMillis = isLast ? undefined : fromMillis + sliceMillis;
        const slice = await collect(fromMillis, untilMillis, () => {
          count.calls += 1;
        });
        if (!slice.isWhole && sliceMillis > leastSliceMillis) {
          sliceMillis = Math.max(leastSliceMillis, Math.min(sliceMillis, startMillis - fromMillis) / 2);
          continue;
        }
        if (!slice.isWhole) count.overflowed += slice.documents.length;
        // A dense time is over at some point: the rest is not read by the second.
        sliceMillis = Math.min(settings.sliceMillis, 2 * sliceMillis);
        const { notifications, malformed } = await readAll(slice.documents);
        count.seen += notifications.length;
        count.malformed += malformed;
        for (const notification of notifications) watcher?.seen(notification);
        await takeAll(notifications, count);
        // By the clock that is behind: what the tenant records from now on is later than that.
        const reachedMillis = untilMillis ?? Math.min(startMillis, slice.tenantMillis ?? startMillis);
        safeMillis = Math.max(safeMillis, reachedMillis);
        fromMillis = reachedMillis;
        isComplete = isLast;
        const next = { version: state.version + 1, safeMillis };
        // Another run was faster: it is as far, or goes on from here.
        state = (await store.write(next)) ? next : await store.read();
      }
      if (isComplete) await watcher?.end({ fromMillis: firstFromMillis, startMillis });
      return { ...count, isComplete, lagMillis: Math.max(0, clock.nowMillis() - safeMillis) };
    },
  };
};
export type Pull = ReturnType<typeof createPull>;
