/** What the chain has of a range of time, so that a run seals what is missing and nothing twice. */
import { createHash } from 'node:crypto';
import { hourMillis } from '../time/units.ts';
import { linesOf } from './claims.ts';
import type { AuditChainStore, Range, SegmentClaim } from './stores.ts';

const digestOf = (line: string): string => createHash('sha256').update(line).digest('base64');

/** Begin and end of the life of a sealed record, as its line says. */
const lifeOf = (line: string): { readonly startedMillis: number; readonly deleteAtMillis: number } => {
  const { sk, deleteAtSeconds } = JSON.parse(line) as { sk?: unknown; deleteAtSeconds?: unknown };
  return {
    startedMillis: Date.parse(String(sk).slice(0, 24)),
    deleteAtMillis: typeof deleteAtSeconds === 'number' ? deleteAtSeconds * 1_000 : Number.POSITIVE_INFINITY,
  };
};

export type KnownRecords = {
  /** The range as far as it is known: it may begin later than the one that was asked for. */
  readonly range: Range;
  /** Whether the chain has this record. Each record is asked for once. */
  take(line: string): boolean;
  /** Records of the range before `untilMillis` that the chain has, that were not asked for, and that were not to be deleted yet. */
  leftOver(untilMillis: number): number;
};

type LookBack = Range & {
  /** Records that began at this instant or later are known in any case. */
  readonly surelyMillis: number;
  /** The look back ends early when it holds so many records. */
  readonly mostKnown: number;
};

/** Reads the chain backwards from its last claim, as far as records of the range can be. */
export const readKnown = async (
  store: Pick<AuditChainStore, 'readClaim'>,
  last: SegmentClaim | undefined,
  wanted: LookBack,
  nowMillis: number,
): Promise<KnownRecords> => {
  const known = new Map<string, number>();
  let { fromMillis } = wanted;
  for (let claim = last; claim && claim.untilMillis > fromMillis; ) {
    if (known.size >= wanted.mostKnown && claim.untilMillis <= wanted.surelyMillis) {
      // Records of this claim and of those before it began before this instant.
      fromMillis = claim.untilMillis;
      break;
    }
    for (const line of linesOf(claim)) {
      const { startedMillis, deleteAtMillis } = lifeOf(line);
      // Others are not asked for, and would take the memory of those that are.
      if (startedMillis < fromMillis || startedMillis >= wanted.untilMillis) continue;
      // The store may delete it while this run reads. Then it is not missed: no instant is in a range.
      known.set(digestOf(line), deleteAtMillis > nowMillis + hourMillis ? startedMillis : Number.NaN);
    }
    const before = claim.number - 1;
    claim = before === 0 ? undefined : await store.readClaim(before);
    if (before > 0 && !claim) throw new Error(`The chain of the audit log has no number ${before}`);
  }
  return {
    range: { fromMillis, untilMillis: wanted.untilMillis },
    take: (line) => known.delete(digestOf(line)),
    leftOver: (untilMillis) =>
      [...known.values()].filter((millis) => millis >= fromMillis && millis < untilMillis).length,
  };
};
