/** The chain of the audit log: its segments in one pass by number, each read whole. */
import type { KeyObject } from 'node:crypto';
import { parseSegment, type Segment } from '../../../shared/archive/audit-segment.ts';
import { type AuditHead, type Signed, sha256Hex } from '../../../shared/archive/format.ts';
import { segmentKey } from '../../../shared/archive/keys.ts';
import { type Report, reasonOf } from './fault.ts';
import { auditHeads, type Heads, readHeadsOf } from './heads.ts';
import type { ArchiveIndex, LinkItem } from './index-of-archive.ts';
import { checkLock } from './locks.ts';
import { readSmall } from './read-bytes.ts';
import { type ArchiveSource, SourceUnavailable } from './source.ts';

export type AuditOutcome = {
  readonly segments: number;
  readonly records: number;
  readonly lastNumber: number;
  readonly newestHead: Signed<AuditHead> | undefined;
  /** Segments that no head covers. */
  readonly unsealed: number;
};

type AuditOptions = {
  readonly keys: readonly KeyObject[];
  readonly allowsUnsealed: boolean;
  /** Whether an archive without any audit log has a fault. */
  readonly isExpected: boolean;
  readonly report: Report;
};

/** A segment has about 700 KB of records, or one that is larger. */
const mostSegmentBytes = 8_388_608;
const mostGapLines = 1_000;

const reportGap = (expected: number, found: number, report: Report): void => {
  const end = Math.min(found, expected + mostGapLines);
  for (let number = expected; number < end; number += 1)
    report('segment-missing', segmentKey(number), `segment ${number} is missing from the chain of the audit log`);
  if (end < found) report('segment-missing', segmentKey(end), `segments ${end} to ${found - 1} are missing, too`);
};

type Read = Segment & { readonly sha256: string };

const readSegment = async (source: ArchiveSource, item: LinkItem, report: Report): Promise<Read | undefined> => {
  try {
    const content = await source.open(item);
    const bytes = await readSmall(content.bytes, mostSegmentBytes);
    const segment = parseSegment(bytes);
    const { header, fault } = segment;
    if (header.number !== item.number)
      report('segment-misplaced', item.key, `its contents belong at ${segmentKey(header.number)}`);
    if (fault !== undefined) report('segment-changed', item.key, fault);
    checkLock(item.key, content, header, report);
    return { ...segment, sha256: sha256Hex(bytes) };
  } catch (error) {
    if (error instanceof SourceUnavailable) throw error;
    report('segment-unreadable', item.key, reasonOf(error));
    return undefined;
  }
};

type Place = { readonly number: number; readonly sha256: string | null | undefined };

/** @param former undefined hash = it cannot be read, and there is nothing to compare with. */
const checkPlace = (item: LinkItem, { header }: Read, former: Place, report: Report): void => {
  const isComparable = former.number === item.number - 1 && former.sha256 !== undefined;
  if (isComparable && former.sha256 !== header.previousSegmentSha256)
    report(
      'chain-broken',
      item.key,
      `it does not follow segment ${former.number}: the hash of the previous segment differs`,
    );
};

const checkHeads = ({ signed }: Heads<AuditHead>, item: LinkItem, sha256: string | undefined, report: Report): void => {
  for (const { segmentSha256, signedAt } of signed.get(item.number) ?? [])
    if (segmentSha256 !== sha256)
      report('head-mismatch', item.key, `the head signed at ${signedAt} states another hash of this segment`);
};

const checkEnd = (lastNumber: number, sealed: number, { allowsUnsealed, report }: AuditOptions): void => {
  if (lastNumber < sealed)
    report(
      'tail-cut',
      segmentKey(lastNumber + 1),
      `the newest head states ${sealed} segments; the chain ends with ${lastNumber}`,
    );
  if (lastNumber > sealed && !allowsUnsealed)
    report(
      'tail-unsealed',
      segmentKey(sealed + 1),
      `no head covers segments ${sealed + 1} to ${lastNumber}: nothing proves them yet`,
    );
};

/** Checks the whole chain of the audit log. */
export const verifyAuditLog = async (
  source: ArchiveSource,
  index: Pick<ArchiveIndex, 'segments' | 'auditHeads'>,
  options: AuditOptions,
): Promise<AuditOutcome> => {
  const { keys, report, isExpected } = options;
  const heads = await readHeadsOf(source, index.auditHeads, auditHeads, keys, report);
  let records = 0;
  let former: Place = { number: 0, sha256: null };
  for (const item of index.segments) {
    reportGap(former.number + 1, item.number, report);
    const segment = await readSegment(source, item, report);
    if (segment) {
      records += segment.lines.length;
      checkPlace(item, segment, former, report);
    }
    checkHeads(heads, item, segment?.sha256, report);
    former = { number: item.number, sha256: segment?.sha256 };
  }
  const isThere = index.segments.length > 0 || index.auditHeads.length > 0;
  if (!heads.newest && (isThere || isExpected))
    report('head-missing', 'audit-log/heads/', 'no head with a good signature: nothing anchors the audit log');
  else checkEnd(former.number, heads.newest?.number ?? 0, options);
  const { newest: newestHead } = heads;
  return {
    ...{ segments: index.segments.length, records, lastNumber: former.number, newestHead },
    unsealed: newestHead ? Math.max(0, former.number - newestHead.number) : 0,
  };
};
