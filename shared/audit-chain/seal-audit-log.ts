/**
 * Seals the audit log: records that the chain lacks are claimed as its next segment, in one conditional write that holds their bytes, and
 * then written into the archive under lock. Whatever a run leaves, the next one finishes. Writers of the log know nothing of it.
 */
import { type AuditHead, auditHeadFormat } from '../archive/format.ts';
import { auditHeadKey } from '../archive/keys.ts';
import type { LockPolicy } from '../archive/lock-policy.ts';
import type { PutSameBucket } from '../archive/put-same.ts';
import { type HeadSigner, headFacts, putHead } from '../archive/seal.ts';
import { dayMillis, hourMillis } from '../time/units.ts';
import { nextClaim, writeSegment } from './claims.ts';
import { readKnown } from './known-records.ts';
import type { AuditChainStore, ChainState, Range, SegmentClaim, StoredRecord, StoredRecords } from './stores.ts';

export type SealAuditParts = {
  readonly records: StoredRecords;
  readonly store: AuditChainStore;
  readonly bucket: PutSameBucket;
  readonly signer: HeadSigner;
  readonly lock: LockPolicy;
  readonly nowMillis: () => number;
  /** At least this time lies between two heads. */
  readonly signEveryMillis: number;
  /** How many records a look back holds at a time; `mostKnown` if it is not given. */
  readonly mostKnown?: number;
};

export type SealReport = {
  /** Records that came into the chain, and the segments that hold them. */
  readonly records: number;
  readonly segments: number;
  /** Records among them that were found by the look a day: they came more than an hour after their begin. */
  readonly late: number;
  /** Records of the chain that the log lacks, or has otherwise, although they are not to be deleted yet. */
  readonly differing: number;
  readonly isSigned: boolean;
  /** Another run is at work, and goes on. */
  readonly isBusy: boolean;
  /** False: the time was over, and the next run goes on. */
  readonly isComplete: boolean;
};

/** The outcome of a write has the instant of its begin, and comes up to 15 minutes later (Lambda quotas). Clocks differ by little. */
const lookBackMillis = hourMillis;
/** What is written later than that is found by a run a day that looks so far back. */
const lookBackDeepMillis = 7 * dayMillis;
/** No audit log is older than the facade. A first run asks for each day since then. */
const firstMillis = Date.parse('2026-11-01T00:00:00.000Z');
/** A head is signed once a day although nothing was written, so that the newest one is never old. */
const longestMillis = dayMillis;
/** No head is signed when the look of the day has not ended for so long. So the silence of heads tells of it. */
const longestDeepMillis = 2 * dayMillis;
const recordsOfPage = 1_000;
/** About 100 bytes of memory each. Where an hour or seven days have more, the look back is shorter. */
const mostKnown = 1_000_000;

/** Another run has claimed the number, or changed the state. */
class AnotherRun extends Error {}

/** The chain as one run sees it and lengthens it. */
const createChain = (parts: SealAuditParts, before: ChainState, last: SegmentClaim | undefined) => {
  const { store, bucket, lock, nowMillis } = parts;
  let [state, newest] = [before, last];

  const advance = async (change: Partial<ChainState>): Promise<void> => {
    const after = { ...state, ...change, version: state.version + 1 };
    if (!(await store.writeState(after))) throw new AnotherRun();
    state = after;
  };

  return {
    state: () => state,
    newest: () => newest,
    advance,
    /** Writes the segments that earlier runs have claimed. @throws Error when the newest claims were removed. */
    async finish(): Promise<void> {
      if (state.written > (newest?.number ?? 0)) {
        // The state was read after the claim. So a claim that another run has written since is there now.
        const number = (await store.lastClaim())?.number ?? 0;
        if (number >= state.written) throw new AnotherRun();
        throw new Error(`The chain of the audit log ends at ${number} and has no number ${state.written}`);
      }
      if (!newest || newest.number === state.written) return;
      for (let number = state.written + 1; number <= newest.number; number += 1) {
        const claim = await store.readClaim(number);
        if (!claim) throw new Error(`The chain of the audit log has no number ${number}`);
        await writeSegment(bucket, claim, lock, nowMillis());
      }
      await advance({ written: newest.number });
    },
    /** @param records in the order of time. @returns how many segments they make. */
    async append(records: readonly StoredRecord[]): Promise<number> {
      let segments = 0;
      // The end of the records, not of the run: a run that looks back must know where a claim ends.
      const untilMillis = Math.max(newest?.untilMillis ?? 0, (records.at(-1)?.startedMillis ?? 0) + 1);
      for (let rest = records; rest.length > 0; segments += 1) {
        const lines = rest.map(({ line }) => line);
        const { claim, count } = nextClaim(newest, lines, { nowMillis: nowMillis(), untilMillis, lock });
        if (!(await store.putClaim(claim))) throw new AnotherRun();
        newest = claim;
        await writeSegment(bucket, claim, lock, nowMillis());
        const lookedMillis = Math.max(state.lookedMillis, rest[count - 1]?.startedMillis ?? 0);
        await advance({ written: claim.number, lookedMillis });
        rest = rest.slice(count);
      }
      return segments;
    },
    /** Signs the head when it is due and the look of the day is not overdue. @returns whether it did. */
    async sign(): Promise<boolean> {
      const { signed, signedMillis, lookedDeepMillis } = state;
      if (nowMillis() - lookedDeepMillis >= longestDeepMillis) return false;
      const ageMillis = nowMillis() - signedMillis;
      const isDue = newest?.number === signed ? ageMillis >= longestMillis : ageMillis >= parts.signEveryMillis;
      if (!newest || !isDue) return false;
      const facts = headFacts(parts);
      const { number, segmentSha256 } = newest;
      const head: AuditHead = { format: auditHeadFormat, number, segmentSha256, ...facts };
      await putHead(parts, auditHeadKey(facts.signedAt, number), head);
      await advance({ signed: number, signedMillis: nowMillis() });
      return true;
    },
  };
};
type Chain = ReturnType<typeof createChain>;

type Pass = Pick<SealReport, 'records' | 'segments' | 'differing' | 'isComplete'> & {
  /** Up to this instant the range was read. */
  readonly readMillis: number;
};

/**
 * Appends what the chain lacks of a range.
 * @param isTimeOver whether to stop, although the range was read up to this instant only.
 */
const sealRange = async (
  { records: log, store, nowMillis, ...parts }: SealAuditParts,
  chain: Chain,
  wanted: Range,
  isTimeOver: (readMillis: number) => boolean,
): Promise<Pass> => {
  // A shorter look back may leave out records that came late. It never leaves out what no run has looked at.
  const lookBack = { ...wanted, surelyMillis: chain.state().lookedMillis, mostKnown: parts.mostKnown ?? mostKnown };
  const { range, take, leftOver } = await readKnown(store, chain.newest(), lookBack, nowMillis());
  let [records, segments] = [0, 0];
  let after: string | undefined;
  do {
    const page = await log.page(range, after, recordsOfPage);
    const fresh = page.records.filter(({ line }) => !take(line));
    segments += await chain.append(fresh);
    records += fresh.length;
    after = page.next;
    const { readMillis } = page;
    if (after !== undefined && isTimeOver(readMillis))
      return { records, segments, differing: leftOver(readMillis), isComplete: false, readMillis };
  } while (after !== undefined);
  const readMillis = range.untilMillis;
  return { records, segments, differing: leftOver(readMillis), isComplete: true, readMillis };
};

const nothing: Pass = { records: 0, segments: 0, differing: 0, isComplete: false, readMillis: 0 };

/** Looks for records that came days late. It goes on where the run before stopped, so that it ends however little time a run has. */
const sealDays = async (
  parts: SealAuditParts,
  chain: Chain,
  untilMillis: number,
  deadlineMillis: number,
): Promise<Pass> => {
  const nowMillis = parts.nowMillis();
  const beginMillis = chain.state().deepMillis || Math.max(firstMillis, untilMillis - lookBackDeepMillis);
  const fromMillis = Math.min(beginMillis, untilMillis);
  const isTimeOver = (readMillis: number): boolean => readMillis > fromMillis && parts.nowMillis() >= deadlineMillis;
  const pass = await sealRange(parts, chain, { fromMillis, untilMillis }, isTimeOver);
  await chain.advance(
    pass.isComplete ? { lookedDeepMillis: nowMillis, deepMillis: 0 } : { deepMillis: pass.readMillis },
  );
  return pass;
};

/** The range since the last run, and once a day one of days before it. */
const sealPasses = async (
  parts: SealAuditParts,
  chain: Chain,
  deadlineMillis: number,
): Promise<{ readonly recent: Pass; readonly earlier: Pass }> => {
  const { version, lookedMillis, lookedDeepMillis } = chain.state();
  const nowMillis = parts.nowMillis();
  const untilMillis = Math.max(nowMillis, chain.newest()?.untilMillis ?? 0);
  const fromMillis = Math.max(firstMillis, Math.min(lookedMillis, nowMillis) - lookBackMillis);
  // Each run gets further than the one before, however long it takes to look back.
  const isTimeOver = (readMillis: number): boolean => readMillis > lookedMillis && parts.nowMillis() >= deadlineMillis;
  const recent = await sealRange(parts, chain, { fromMillis, untilMillis }, isTimeOver);
  if (!recent.isComplete) {
    await chain.advance({ lookedMillis: Math.max(chain.state().lookedMillis, recent.readMillis) });
    return { recent, earlier: nothing };
  }
  await chain.advance({ lookedMillis: untilMillis, ...(version === 0 ? { lookedDeepMillis: nowMillis } : {}) });
  if (version === 0 || nowMillis - lookedDeepMillis < dayMillis) return { recent, earlier: nothing };
  return { recent, earlier: await sealDays(parts, chain, fromMillis, deadlineMillis) };
};

const unfinished: SealReport = {
  ...{ records: 0, segments: 0, late: 0, differing: 0, isSigned: false, isBusy: true, isComplete: false },
};

/**
 * One run. Safe to repeat, to kill at any point, and to run twice at a time.
 * @param deadlineMillis when it begins no further page of records.
 * @throws what keeps it from going on; the chain is whole up to there, and the next run goes on.
 */
export const sealAuditLog = async (parts: SealAuditParts, deadlineMillis: number): Promise<SealReport> => {
  try {
    // The claim first: whatever another run claims after it makes this run stop, and so no record has two places.
    const last = await parts.store.lastClaim();
    const chain = createChain(parts, await parts.store.readState(), last);
    await chain.finish();
    const { recent, earlier } = await sealPasses(parts, chain, deadlineMillis);
    return {
      records: recent.records + earlier.records,
      segments: recent.segments + earlier.segments,
      late: earlier.records,
      differing: recent.differing + earlier.differing,
      // A head says that the chain has everything up to then.
      isSigned: recent.isComplete && (await chain.sign()),
      ...{ isBusy: false, isComplete: recent.isComplete },
    };
  } catch (error) {
    if (error instanceof AnotherRun) return unfinished;
    throw error;
  }
};
