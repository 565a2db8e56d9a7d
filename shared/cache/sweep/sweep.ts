/**
 * The change sweep: lists what changed in the tenant outside the facade, purges exactly those entities, and then
 * verifies every entry about an entity of the listed types (windows.ts). While it lags or fails it verifies nothing
 * new, and freshness ends by itself.
 */
import { AppError } from '../../errors/app-error.ts';
import type { CacheRules, ChangeFeed, ChangeRules, FeedQuery, ListedChange } from '../../exchange/cache-rules.ts';
import type { Clock } from '../../time/clock.ts';
import type { Epochs } from '../entry.ts';
import type { EntryStore, ListedRecord, Sweep, Tag } from '../store.ts';
import { recordTag } from '../tags.ts';
import { type Sorted, sortOut } from './sort-out.ts';
import { noChangesSince, type WatchedChanges, withChanges } from './watched.ts';

/** The rules of an upstream that lists changes. */
export type SweptRules = Pick<CacheRules, 'nameOf'> & {
  readonly changes: Pick<ChangeRules, 'types' | 'defaultTypes' | 'topTypes' | 'isTop' | 'everyRecord'>;
};

export type SweepSettings = {
  /** A change shows in the listing after this time at the latest. */
  readonly settleMillis: number;
  /** The next run lists this time again, because clocks differ and the tenant rounds instants. */
  readonly overlapMillis: number;
  readonly pageSize: number;
  /** Entries by which pages overlap, because a list that changes while it is read would skip some. */
  readonly pageOverlap: number;
  /** With more pages than this, all entities are purged instead. */
  readonly mostPages: number;
};

export const defaultSweepSettings: SweepSettings = {
  settleMillis: 5_000,
  overlapMillis: 30_000,
  pageSize: 100,
  pageOverlap: 10,
  mostPages: 20,
};

/** DynamoDB reads at most 100 items at once. */
const tagsOfRead = 80;

export type SweepResult = {
  readonly purged: number;
  readonly calls: number;
  readonly all: boolean;
  readonly sweep: Sweep;
};

type ListedChanges = {
  readonly untrashed: ListedChange[];
  readonly trashed: ListedChange[];
  readonly principals: Set<string | undefined>;
  calls: number;
  overflow: boolean;
  tenantMillis: number | undefined;
};

const nothingListed = (): ListedChanges => ({
  untrashed: [],
  trashed: [],
  principals: new Set(),
  calls: 0,
  overflow: false,
  tenantMillis: undefined,
});

export const createSweeper = (
  store: Pick<EntryStore, 'read' | 'purge' | 'noteListed' | 'markSwept'>,
  feed: ChangeFeed,
  clock: Clock,
  rules: SweptRules,
  settings: SweepSettings = defaultSweepSettings,
  /** Told what a run has listed since an instant of the tenant's clock. It must not reject. */
  onChanges: (changes: readonly ListedChange[], sinceMillis: number) => Promise<void> = async () => {},
) => {
  const { pageSize, pageOverlap, mostPages } = settings;
  const { changes } = rules;

  const listAll = async (
    query: Pick<FeedQuery, 'sinceMillis' | 'types' | 'trashed'>,
    found: ListedChanges,
  ): Promise<void> => {
    let offset = 0;
    for (;;) {
      const page = await feed.list({ ...query, offset, limit: pageSize });
      found.calls += 1;
      found.tenantMillis ??= page.tenantMillis;
      found.principals.add(page.principal);
      const { changes: listed = page.eids.map((eid) => ({ eid })) } = page;
      (query.trashed ? found.trashed : found.untrashed).push(...listed);
      if (page.nextOffset === undefined) return;
      if (found.calls >= mostPages) {
        found.overflow = true;
        return;
      }
      offset = Math.max(offset + 1, page.nextOffset - pageOverlap);
    }
  };

  const find = async (sinceMillis: number, types: readonly string[] | undefined): Promise<ListedChanges> => {
    const found = nothingListed();
    for (const trashed of [false, true]) await listAll({ sinceMillis, types, trashed }, found);
    return found;
  };

  /** Lists all types or, if the tenant refuses some, its default types. */
  const findKnown = async (sinceMillis: number): Promise<{ found: ListedChanges; types: readonly string[] }> => {
    try {
      return { found: await find(sinceMillis, changes.types), types: changes.types };
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'REQUEST_INVALID')) throw error;
      return { found: await find(sinceMillis, undefined), types: changes.defaultTypes };
    }
  };

  /**
   * The records at the top as they are, so that their first change can be told from a change inside them. A top that is
   * missing here counts as changed when it is listed first.
   */
  const takeStock = async (types: readonly string[], found: ListedChanges): Promise<readonly ListedRecord[]> => {
    const topTypes = types.filter((type) => changes.topTypes.includes(type));
    const tops = nothingListed();
    if (topTypes.length > 0)
      await listAll({ sinceMillis: 0, types: topTypes, trashed: false }, tops).catch(() => undefined);
    found.calls += tops.calls;
    return tops.untrashed.flatMap(({ eid, stamp }) => (stamp ? [{ tag: recordTag(rules, eid), stamp }] : []));
  };

  const watchedAfter = (known: WatchedChanges | undefined, sorted: Sorted): WatchedChanges => {
    const seenUntilMillis = clock.nowMillis() + settings.settleMillis;
    const watched = known
      ? withChanges(known, sorted.changedTops, seenUntilMillis)
      : { ...noChangesSince(seenUntilMillis), insideSinceMillis: seenUntilMillis };
    const isAware = sorted.namesAncestors && watched.insideSinceMillis !== undefined;
    return isAware ? watched : { ...watched, insideSinceMillis: seenUntilMillis };
  };

  const knownOf = async (tags: readonly Tag[]): Promise<Epochs> => {
    const known: Record<string, Epochs[string]> = {};
    for (let from = 0; from < tags.length; from += tagsOfRead)
      Object.assign(known, (await store.read(undefined, tags.slice(from, from + tagsOfRead))).epochs);
    return known;
  };

  return {
    /** Milliseconds since the instant up to which every change is known to be purged; undefined before the first run. */
    lagMillis: async (): Promise<number | undefined> =>
      knownLagMillis((await store.read(undefined, [])).sweep, clock.nowMillis()),

    /**
     * One run: lists, purges, verifies, in this order. Two concurrent runs do no harm. If the key was changed during a
     * run, it ran as two principals and saw the whole of neither: it purges, and verifies nothing.
     * @throws what the feed or the store throws; nothing is verified then.
     */
    async run(): Promise<SweepResult> {
      const { sweep: before } = await store.read(undefined, []);
      const startMillis = clock.nowMillis();
      const sinceMillis = (before.resumeAtMillis ?? startMillis) - settings.overlapMillis;
      const { found, types } = await findKnown(sinceMillis);
      const [principal] = found.principals;
      const isOfOne = found.principals.size === 1;
      // A type or principal that is new to the sweep was not watched so far: its entries may be of any age.
      const isNew = types.some((type) => !before.types.includes(type)) || (isOfOne && principal !== before.principal);
      const all = found.overflow || isNew;
      const stock = isNew ? await takeStock(types, found) : [];
      const listed = [...found.untrashed, ...found.trashed];
      const tags = [...new Set(listed.map(({ eid }) => recordTag(rules, eid)))];
      const sorted = sortOut(listed, await knownOf(tags), sinceMillis, rules);
      // What is known of the tops is read before what was stored of their changes: a run beside this one stores it first.
      const { sweep: latest } = await store.read(undefined, []);
      await store.purge(all ? changes.everyRecord : sorted.purged, 'soft');
      await store.noteListed(sorted.noted);
      // What is in the trash is no change of the kinds that are told of.
      await onChanges(found.untrashed, sinceMillis);
      const tenantAhead = found.tenantMillis === undefined ? 0 : found.tenantMillis - clock.nowMillis();
      const facts = { purged: all ? 0 : sorted.purged.length + sorted.noted.length, calls: found.calls, all };
      if (!isOfOne) return { ...facts, sweep: before };
      const sweep: Sweep = {
        sweptUntilMillis: startMillis - settings.settleMillis,
        types,
        principal,
        watched: watchedAfter(all ? undefined : latest.watched, sorted),
        resumeAtMillis: startMillis + Math.min(tenantAhead, 0),
      };
      await store.markSwept(sweep);
      await store.noteListed([...stock, ...sorted.notedLater]);
      return { ...facts, sweep };
    },
  };
};

export type Sweeper = ReturnType<typeof createSweeper>;

/** As below; undefined while no run has seen everything yet. */
export const knownLagMillis = (sweep: Sweep, nowMillis: number): number | undefined =>
  sweep.sweptUntilMillis === 0 ? undefined : sweepLagMillis(sweep, nowMillis);

/** How long the sweep has verified nothing new: the value of the metric. */
export const sweepLagMillis = (sweep: Sweep, nowMillis: number): number =>
  Math.max(0, nowMillis - sweep.sweptUntilMillis);

/** `lagging` when answers no longer live longer than without a sweep. */
export const sweepHealth = (sweep: Sweep, nowMillis: number, boundMillis: number): 'never' | 'healthy' | 'lagging' => {
  if (sweep.sweptUntilMillis === 0) return 'never';
  return sweepLagMillis(sweep, nowMillis) < boundMillis ? 'healthy' : 'lagging';
};
