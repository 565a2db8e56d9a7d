/**
 * A segment of the audit log in the archive: a file of lines. The first line is the header, which places it in the chain. Each other line
 * is one record, as its item is stored. docs/archive-format.md describes it.
 */
import { canonicalJson } from './canonical-json.ts';
import { type Check, isHash, isInstant, isLockMode, isNumber, oneOf, orNull, parseMembers } from './checks.ts';
import { type Manifest, sha256Hex } from './format.ts';

const segmentFormat = 'signals-archive-audit-segment/1';

export type SegmentHeader = Pick<Manifest, 'lockMode' | 'retainUntil'> & {
  readonly format: typeof segmentFormat;
  /** 1 for the first segment; then one more each, without a gap. */
  readonly number: number;
  /** Hash of the bytes of the segment before; null in the first. */
  readonly previousSegmentSha256: string | null;
  /** Records in this segment: its other lines. */
  readonly records: number;
  /** Of all bytes after the header line. */
  readonly recordsSha256: string;
  readonly sealedAt: string;
};

/** The other lines. @param lines without their ends */
const recordBytes = (lines: readonly string[]): Buffer =>
  Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');

/** The file of a segment. @param lines its records, at least one, each without a line feed */
export const segmentBytes = (
  place: Omit<SegmentHeader, 'format' | 'records' | 'recordsSha256'>,
  lines: readonly string[],
): Buffer => {
  const rest = recordBytes(lines);
  const header: SegmentHeader = {
    ...place,
    ...{ format: segmentFormat, records: lines.length, recordsSha256: sha256Hex(rest) },
  };
  return Buffer.concat([Buffer.from(`${canonicalJson(header)}\n`, 'utf8'), rest]);
};

const headerChecks: Readonly<Record<keyof SegmentHeader, Check>> = {
  format: oneOf(segmentFormat),
  number: isNumber,
  previousSegmentSha256: orNull(isHash),
  records: isNumber,
  recordsSha256: isHash,
  sealedAt: isInstant,
  lockMode: isLockMode,
  retainUntil: orNull(isInstant),
};

export type Segment = {
  readonly header: SegmentHeader;
  /** The records, as text without line ends. */
  readonly lines: readonly string[];
  /** What the records are, where they are not those that the header states. */
  readonly fault: string | undefined;
};

const faultOf = ({ records, recordsSha256 }: SegmentHeader, rest: Buffer, lines: readonly string[]) => {
  if (lines.length !== records) return `it has ${lines.length} records, and its header states ${records}`;
  return sha256Hex(rest) === recordsSha256 ? undefined : 'its records have another hash than its header states';
};

/** @throws Error for a file without a header, as `parseManifest` */
export const parseSegment = (bytes: Buffer): Segment => {
  const end = bytes.indexOf(10);
  if (end < 0) throw new Error('its header line has no end');
  const header = parseMembers(bytes.subarray(0, end), headerChecks) as unknown as SegmentHeader;
  const rest = bytes.subarray(end + 1);
  const lines = rest.toString('utf8').split('\n');
  // After the last line feed comes nothing.
  const last = lines.pop();
  const fault = last === '' ? faultOf(header, rest, lines) : 'its last line has no end';
  return { header, lines, fault };
};
