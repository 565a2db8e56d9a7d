/** Segments of the chain: made, claimed, written, and read again. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { parseSegment, segmentBytes } from '../archive/audit-segment.ts';
import { sha256Hex } from '../archive/format.ts';
import { segmentKey } from '../archive/keys.ts';
import { type LockPolicy, lockFrom, longerOf } from '../archive/lock-policy.ts';
import { type PutSameBucket, putSame } from '../archive/put-same.ts';
import { toIso } from '../time/iso.ts';
import type { SegmentClaim } from './stores.ts';

/** A claim is an item of at most 400 KB (DynamoDB quotas). */
const mostContentBytes = 380_000;
/** Text compresses to less than half, so few segments are made smaller again. */
const mostRecordBytes = 700_000;

type Place = { readonly number: number; readonly previousSegmentSha256: string | null };
type When = { readonly nowMillis: number; readonly untilMillis: number; readonly lock: LockPolicy };

const toClaim = (place: Place, lines: readonly string[], { nowMillis, untilMillis, lock }: When): SegmentClaim => {
  const held = lockFrom(lock, nowMillis);
  const bytes = segmentBytes({ ...place, ...held, sealedAt: toIso(nowMillis) }, lines);
  return {
    ...held,
    ...{ number: place.number, segmentSha256: sha256Hex(bytes), untilMillis, content: gzipSync(bytes) },
  };
};

/** How many of the first lines fit into a segment; at least one. */
const fitting = (lines: readonly string[]): number => {
  let bytes = 0;
  const tooMany = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes > mostRecordBytes;
  });
  return tooMany < 0 ? lines.length : Math.max(1, tooMany);
};

/** The next claim of a chain. @returns it, and how many of the lines it holds: as many as fit. */
export const nextClaim = (
  previous: SegmentClaim | undefined,
  lines: readonly string[],
  when: When,
): { readonly claim: SegmentClaim; readonly count: number } => {
  const place = {
    number: (previous?.number ?? 0) + 1,
    previousSegmentSha256: previous?.segmentSha256 ?? null,
  };
  let count = fitting(lines);
  let claim = toClaim(place, lines.slice(0, count), when);
  while (count > 1 && claim.content.byteLength > mostContentBytes) {
    count = Math.ceil(count / 2);
    claim = toClaim(place, lines.slice(0, count), when);
  }
  return { claim, count };
};

const bytesOf = ({ content }: SegmentClaim): Buffer => gunzipSync(content);

/** The records of a claimed segment, a line each. */
export const linesOf = (claim: SegmentClaim): readonly string[] => parseSegment(bytesOf(claim)).lines;

/** Puts the file of a claim into the archive. Anybody may do it, and repeat it. @throws Error when another file is there. */
export const writeSegment = (
  bucket: PutSameBucket,
  claim: SegmentClaim,
  lock: LockPolicy,
  nowMillis: number,
): Promise<void> => {
  // The bucket refuses a lock that is shorter than one of now.
  const held = longerOf(claim, lockFrom(lock, nowMillis));
  return putSame(bucket, segmentKey(claim.number), bytesOf(claim), 'application/jsonl', held);
};
