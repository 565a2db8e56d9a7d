/**
 * Carries out one page of a backfill: search, have what is not in the archive ordered, wait for the orders, note what became of them, and
 * start the next page. Each step may be repeated after a crash at any point.
 */
import type { JobContext, Poll } from '../../exports/job-context.ts';
import { JobFailure } from '../../exports/job-failure.ts';
import { orderNameOf } from '../archive-record.ts';
import type { ArchiveStore } from '../archive-store.ts';
import type { NewOrder } from '../orders.ts';
import { type Backfill, type BackfillStore, type Counts, changeBackfill, isOpen } from './backfill-record.ts';
import { type Hit, type SearchCall, searchClosed } from './search-closed.ts';

export type PageParts = {
  readonly backfills: BackfillStore;
  readonly store: Pick<ArchiveStore, 'readVersion' | 'readPublished' | 'readOrder'>;
  readonly call: SearchCall;
  /** As `take` of orders: safe to repeat. */
  readonly take: (order: NewOrder) => Promise<void>;
  /** Starts the page that the record names. @throws Error when it could not; the sweep starts it later. */
  readonly startPage: (backfill: Backfill) => Promise<void>;
  readonly stage: string;
  readonly nowMillis: () => number;
};

export type PageInput = { readonly backfill: number; readonly page: number; readonly attempt: number };

/** Pauses between looks at the orders of a page; the last one goes on. */
const pollSeconds = [2, 3, 5, 10] as const;
const longestPollSeconds = 30;
/** Then the page is left: the sweep of orders goes on with what it has not ended. */
const mostPolls = 240;

const causeOf = (id: number): string => `backfill ${id}`;

/** Undefined when another execution has taken over, or the page is not to begin now. */
const wanted = async ({ backfills }: PageParts, { backfill: id, page, attempt }: PageInput) => {
  const backfill = await backfills.readBackfill(id);
  const isMine = backfill?.page === page && backfill.attempt === attempt;
  return isMine && backfill.state === 'running' ? backfill : undefined;
};

/** Whether this version is in the archive and listed. */
const isPresent = async ({ store }: PageParts, { eid, digest }: Hit): Promise<boolean> => {
  const number = digest === undefined ? undefined : (await store.readVersion(eid, digest))?.number;
  return number !== undefined && (await store.readPublished(number)) !== undefined;
};

const orderAll = async (parts: PageParts, backfill: Backfill, hits: readonly Hit[]): Promise<string[]> => {
  const eids: string[] = [];
  for (const hit of hits) {
    if (await isPresent(parts, hit)) continue;
    const cause = causeOf(backfill.id);
    // When it was closed is not known. It is long ago: a closing of now has a notification.
    await parts.take({
      ...{ eid: hit.eid, cause, requestedBy: backfill.requestedBy, closedAtMillis: 0, startsNow: true },
    });
    eids.push(hit.eid);
  }
  return eids;
};

type Ended = Pick<Counts, 'archived' | 'notClosed' | 'failed' | 'retrying'>;
type Waited = { readonly ended: Ended; readonly open: number; readonly polls: number };

/** What became of the orders. `open` = still in their first round. */
const look = async (
  { store, stage }: PageParts,
  id: number,
  eids: readonly string[],
): Promise<Omit<Waited, 'polls'>> => {
  const ended = { archived: 0, notClosed: 0, failed: 0, retrying: 0 };
  let open = 0;
  for (const eid of eids) {
    const order = await store.readOrder(orderNameOf(stage, eid, causeOf(id)));
    if (order?.state === 'done') ended.archived += 1;
    else if (order?.state === 'skipped') ended.notClosed += 1;
    else if (order?.state === 'failed') ended.failed += 1;
    else {
      ended.retrying += 1;
      if (order?.round === 1) open += 1;
    }
  }
  return { ended, open };
};

const waitForOrders = (context: JobContext, parts: PageParts, id: number, eids: readonly string[]): Promise<Waited> =>
  context.poll<Waited>(
    'orders',
    { ended: { archived: 0, notClosed: 0, failed: 0, retrying: 0 }, open: eids.length, polls: 0 },
    async ({ polls }): Promise<Poll<Waited>> => {
      const state = { ...(await look(parts, id, eids)), polls: polls + 1 };
      return state.open === 0 || polls >= mostPolls
        ? { state }
        : { state, againSeconds: pollSeconds[polls] ?? longestPollSeconds };
    },
  );

const add = (one: Counts, other: Partial<Counts>): Counts => ({
  found: one.found + (other.found ?? 0),
  present: one.present + (other.present ?? 0),
  archived: one.archived + (other.archived ?? 0),
  notClosed: one.notClosed + (other.notClosed ?? 0),
  failed: one.failed + (other.failed ?? 0),
  retrying: one.retrying + (other.retrying ?? 0),
});

const make = async (context: JobContext, input: PageInput, parts: PageParts): Promise<void> => {
  const { backfills, call, nowMillis } = parts;
  const { backfill: id, page, attempt } = input;
  const found = await context.step('search', async () => {
    const backfill = await wanted(parts, input);
    if (!backfill) return { isWanted: false as const };
    const { hits, ...rest } = await searchClosed(call, backfill.cursor);
    return { isWanted: true as const, ...rest, found: hits.length, eids: await orderAll(parts, backfill, hits) };
  });
  if (!found.isWanted) return;
  const { ended } = await waitForOrders(context, parts, id, found.eids);
  await context.step('record', async () => {
    const counted = { ...ended, found: found.found, present: found.found - found.eids.length };
    await changeBackfill(backfills, id, (now) => {
      if (now.page !== page || now.attempt !== attempt) return undefined;
      return {
        ...{ page: page + 1, attempt: 1, executionArn: undefined, cursor: found.cursor },
        counts: add(now.counts, counted),
        ...(found.total === undefined ? {} : { total: found.total }),
        ...(found.isLast && isOpen(now) ? { state: 'done' as const, endedAtMillis: nowMillis() } : {}),
      };
    });
    return {};
  });
  await context.step('next', async () => {
    const next = await backfills.readBackfill(id);
    // A failure is left to the sweep.
    if (next?.state === 'running' && next.page === page + 1) await parts.startPage(next).catch(() => {});
    return {};
  });
};

export const carryOutPage = async (context: JobContext, input: PageInput, parts: PageParts): Promise<void> => {
  try {
    await make(context, input, parts);
  } catch (error) {
    // An execution that ends otherwise is started again by the sweep.
    if (!(error instanceof JobFailure)) throw error;
    const { detail } = error.failure;
    await context.step('fail', async () => {
      await changeBackfill(parts.backfills, input.backfill, (now) =>
        now.page === input.page && now.attempt === input.attempt && now.state === 'running'
          ? { state: 'failed', failure: detail, endedAtMillis: parts.nowMillis() }
          : undefined,
      );
      return {};
    });
  }
};
