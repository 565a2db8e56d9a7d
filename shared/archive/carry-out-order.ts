/**
 * Carries an order out, step by step: look at the experiment, have its PDF exported, store it, claim a number, write the manifest. Each
 * step may be repeated after a crash at any point. The journal holds keys, hashes and states only.
 */
import type { Consumer } from '../exchange/consumer.ts';
import type { Run, Wish } from '../exports/export-record.ts';
import type { Exports } from '../exports/exports.ts';
import { isForLater } from '../exports/for-later.ts';
import type { JobContext, Poll } from '../exports/job-context.ts';
import { JobFailure } from '../exports/job-failure.ts';
import type { Call } from '../exports/kind.ts';
import type { Order } from './archive-record.ts';
import { type ArchiveStore, changeOrder, changeVersion } from './archive-store.ts';
import { claimNumber, finishClaim, manifestOf } from './claim.ts';
import type { HoldingParts } from './holds/hold-new-object.ts';
import { lockFrom } from './lock-policy.ts';
import { readSubject, type Subject } from './read-subject.ts';
import { type DocumentParts, storeDocument } from './store-document.ts';

export type OrderParts = Omit<DocumentParts, 'store'> & {
  readonly store: ArchiveStore;
  /** Calls to the tenant with the rights of the service account, as background. */
  readonly call: Call;
  /** Exports whose next job has this id. */
  readonly exportsAs: (jobId: string) => Pick<Exports, 'create' | 'read'>;
  readonly holding: HoldingParts;
  readonly stage: string;
  /** Counts an order that has ended; `open` = its round failed and another follows. */
  readonly count: (state: Order['state']) => void;
};

/** Exports of the archive belong to the facade itself: no consumer can have an id with a dot. */
const archivist: Consumer = { id: 'facade.archive', scopes: [], state: 'active' };
/** All that the PDF can show: the archive keeps the record, not a reading copy. */
const archiveOptions = { attachments: true, comments: true, history: true } as const;

/** An experiment that changes during its export and is closed still: each look is a new version. */
const mostLooks = 5;
/** Steps of one round, crashes included. A round has seven steps, as a rule. */
const mostTries = 100;
const exportSeconds = [2, 3, 5, 5, 10, 15, 30] as const;
const longestSeconds = 60;

/** Pauses before the next round. After the last one the order has failed, and an alarm tells of it. */
const pauseMinutes = [5, 30, 120, 360, 1_440] as const;
/**
 * Another round will not mend these. An experiment that is gone may be back: the service account may have lost its right for an hour. So
 * only the last round is final for it.
 */
const finalCodes: ReadonlySet<string> = new Set(['NOT_EXPORTABLE']);

const ended = (): JobFailure =>
  new JobFailure('ENGINE_ENDED', 'The order was ended, or another round of it is at work.');

/** @throws JobFailure when the order is not this round's any more. */
const checkWanted = async (store: ArchiveStore, name: string, round: number): Promise<Order> => {
  const order = await store.readOrder(name);
  if (order?.state !== 'open' || order.round !== round) throw ended();
  return order;
};

/** Counts each step in the catalogue as it begins, so that a crash does not lose the count. */
const counted = (context: JobContext, name: string, round: number, store: ArchiveStore): JobContext['step'] => {
  return (step, work) =>
    context.step(step, async () => {
      const order = await changeOrder(store, name, ({ state, round: current, tries }) =>
        state === 'open' && current === round ? { tries: tries + 1 } : undefined,
      );
      if (order?.state !== 'open' || order.round !== round) throw ended();
      if (order.tries > mostTries) throw new JobFailure('TRIES_USED_UP', `The order began ${mostTries} steps.`);
      // A call that the budget refuses is no try.
      return work().catch(async (error: unknown) => {
        if (isForLater(error))
          await changeOrder(store, name, (now) =>
            now.state === 'open' && now.round === round ? { tries: now.tries - 1 } : undefined,
          );
        throw error;
      });
    });
};

/** An export is of use to this round if it was made since then. */
const sinceMillisOf = ({ round, requestedAtMillis, notBeforeMillis }: Order): number =>
  round === 1 ? requestedAtMillis : notBeforeMillis;

const jobIdOf = (name: string, round: number, look: number): string => `${name.slice(0, 40)}-${round}-${look}`;

const wishOf = (eid: string, digest: string): Wish => ({
  ...{ kind: 'pdf', subject: eid, digest, options: { ...archiveOptions }, principal: 'service' },
});

/** Clocks of the tenant and of its notifications may differ by so much. */
const clocksMillis = 60_000;

/** An order that looks late may see a second closing, by another person than its notification names. */
const closerNow = (
  { closedBy, closedAtMillis = Number.POSITIVE_INFINITY }: Order,
  { editedBy, editedAtMillis = 0 }: Subject,
): string | undefined =>
  editedAtMillis > closedAtMillis + clocksMillis ? (editedBy ?? closedBy) : (closedBy ?? editedBy);

/** Makes the record of the version, or finds it. */
const openVersion = async (store: ArchiveStore, order: Order, subject: Subject): Promise<void> => {
  const { digest, notebook } = subject;
  const closedBy = closerNow(order, subject);
  await store.writeVersion({
    ...{ eid: order.eid, digest, version: 1, candidates: [] },
    ...{ requestedBy: order.requestedBy, requestedAtMillis: order.requestedAtMillis },
    ...(closedBy === undefined ? {} : { closedBy }),
    ...(notebook === undefined ? {} : { notebook }),
  });
};

/** An export that is still queued after some looks waits for others: then looking often only costs. */
const secondsUntilLook = ({ state, polls }: Made): number =>
  state === 'queued' && polls > 3 ? longestSeconds : (exportSeconds[polls - 1] ?? longestSeconds);

type Made = Pick<Run, 'state'> & { readonly failure?: string; readonly polls: number };

const resultOf = async (parts: OrderParts, jobId: string) => (await parts.exportsAs(jobId).read(archivist, jobId)).run;

const waitForExport = (context: JobContext, step: string, jobId: string, parts: OrderParts): Promise<Made> =>
  context.poll<Made>(step, { state: 'queued', polls: 0 }, async ({ polls }): Promise<Poll<Made>> => {
    const { state, failure } = await resultOf(parts, jobId);
    const now: Made = { state, polls: polls + 1, ...(failure ? { failure: failure.code } : {}) };
    if (['succeeded', 'failed', 'cancelled'].includes(state)) return { state: now };
    return { state: now, againSeconds: secondsUntilLook(now) };
  });

/** No source says that a read shows a closing as soon as its notification comes. */
const youngMillis = 10 * 60_000;
const youngPauseSeconds = 60;
/** More than pauses of a young closing. */
const mostYoungLooks = 12;

const isYoung = (order: Order, { nowMillis }: Pick<OrderParts, 'nowMillis'>): boolean =>
  nowMillis() - (order.closedAtMillis ?? order.requestedAtMillis) < youngMillis;

const pause = (context: JobContext, name: string): Promise<{ readonly isOver: boolean }> =>
  context.poll<{ readonly isOver: boolean }>(name, { isOver: false }, async ({ isOver }) =>
    isOver ? { state: { isOver } } : { state: { isOver: true }, againSeconds: youngPauseSeconds },
  );

type Look = { readonly isClosed: boolean; readonly isYoung: boolean };

/** Looks again, after a pause, at an experiment that is not closed yet although its closing is young. */
const untilClosed = async <Seen extends Look>(
  context: JobContext,
  step: JobContext['step'],
  name: string,
  look: () => Promise<Seen>,
): Promise<Seen> => {
  let seen = await step(name, look);
  for (let again = 1; !seen.isClosed && seen.isYoung && again <= mostYoungLooks; again += 1) {
    await pause(context, `${name}, pause ${again}`);
    seen = await step(`${name}, again ${again}`, look);
  }
  return seen;
};

/** @returns the digest of the version whose PDF was made; undefined = the experiment is not closed. */
const exportPdf = async (
  context: JobContext,
  step: JobContext['step'],
  { name, round }: Pick<Order, 'name' | 'round'>,
  parts: OrderParts,
): Promise<{ readonly digest: string; readonly jobId: string } | undefined> => {
  const { store, call } = parts;
  for (let look = 1; look <= mostLooks; look += 1) {
    const jobId = jobIdOf(name, round, look);
    const { isClosed, digest, isStored } = await untilClosed(context, step, `look ${look}`, async () => {
      const order = await checkWanted(store, name, round);
      const subject = await readSubject(call, order.eid);
      if (!subject.isClosed) return { isClosed: false, isYoung: isYoung(order, parts), digest: '', isStored: false };
      await openVersion(store, order, subject);
      await changeOrder(store, name, () => ({ digest: subject.digest }));
      const version = await store.readVersion(order.eid, subject.digest);
      // A change below an experiment need not change its digest: a PDF from before the closing may be older than the record. And the file of
      // an export may be gone: each round after the first makes another.
      if (!version?.stored)
        await parts.exportsAs(jobId).create(archivist, wishOf(order.eid, subject.digest), sinceMillisOf(order));
      return { isClosed: true, isYoung: false, digest: subject.digest, isStored: version?.stored !== undefined };
    });
    if (!isClosed) return undefined;
    if (isStored) return { digest, jobId };
    const made = await waitForExport(context, `export ${look}`, jobId, parts);
    if (made.state === 'succeeded') return { digest, jobId };
    if (made.failure !== 'ENTITY_CHANGED')
      throw new JobFailure(
        finalCodes.has(made.failure ?? '') ? 'NOT_EXPORTABLE' : 'FACADE_FAILED',
        `The export of the PDF ended as ${made.state}: ${made.failure ?? 'no reason'}.`,
      );
  }
  throw new JobFailure('ENTITY_CHANGED', `The experiment was changed during ${mostLooks} exports.`);
};

const make = async (context: JobContext, name: string, round: number, parts: OrderParts): Promise<Order['state']> => {
  const { store, bucket } = parts;
  const step = counted(context, name, round, store);
  const made = await exportPdf(context, step, { name, round }, parts);
  if (!made) return 'skipped';
  const { digest, jobId } = made;
  await step('store', async () => {
    const { eid } = await checkWanted(store, name, round);
    const version = await changeVersion(store, { eid, digest }, () => undefined);
    if (version.stored) return {};
    const { result } = await resultOf(parts, jobId);
    if (!result) throw new JobFailure('FILE_EXPIRED', 'The file of the export is gone before it was archived.');
    await storeDocument({ eid, digest }, result, async () => void (await checkWanted(store, name, round)), parts);
    return {};
  });
  const { number } = await step('claim', async () => {
    const { eid } = await checkWanted(store, name, round);
    return { number: (await claimNumber(store, { eid, digest })).number };
  });
  await step('manifest', async () => {
    const claim = await store.readClaim(number);
    if (!claim) throw new Error(`The claim ${number} is gone`);
    await finishClaim(store, bucket, claim, lockFrom(parts.lock, parts.nowMillis()), parts.holding);
    return { sha256: manifestOf(claim).sha256 };
  });
  return 'done';
};

type Outcome = { readonly state: Order['state']; readonly failure?: string; readonly isFinal?: boolean };

const outcomeOf = async (work: Promise<Order['state']>): Promise<Outcome> => {
  try {
    return { state: await work };
  } catch (error) {
    if (!(error instanceof JobFailure)) return { state: 'failed', failure: 'a step failed again and again' };
    const { code, detail } = error.failure;
    return { state: 'failed', failure: `${code}: ${detail}`, isFinal: finalCodes.has(code) };
  }
};

/** What the order is after a round has ended so. */
export const afterRound = (order: Order, { state, failure, isFinal }: Outcome, nowMillis: number): Partial<Order> => {
  if (state !== 'failed') return { state };
  const minutes = pauseMinutes[order.round - 1];
  const told = failure === undefined ? {} : { failure };
  if (isFinal || minutes === undefined) return { state: 'failed', ...told };
  const notBeforeMillis = nowMillis + minutes * 60_000;
  return { round: order.round + 1, tries: 0, executionArn: undefined, notBeforeMillis, ...told };
};

/** @param round which comes with the start, so that an execution of an earlier round does nothing. */
export const carryOutOrder = async (
  context: JobContext,
  name: string,
  round: number,
  parts: OrderParts,
): Promise<void> => {
  const outcome = await outcomeOf(make(context, name, round, parts));
  await context.step('record', async () => {
    const order = await changeOrder(parts.store, name, (now) =>
      now.state === 'open' && now.round === round ? afterRound(now, outcome, parts.nowMillis()) : undefined,
    );
    if (order) parts.count(order.state);
    return {};
  });
};
