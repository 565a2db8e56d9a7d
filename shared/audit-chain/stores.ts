/** Ports of the chain of the audit log: the items that are sealed, and where the chain is kept. */
import type { Lock } from '../archive/archive-record.ts';

/** One item of the audit log, as it is stored. */
export type StoredRecord = {
  /** Instant of its begin, in epoch milliseconds. */
  readonly startedMillis: number;
  /** The whole item as canonical JSON, its keys included. The same item has the same line each time. */
  readonly line: string;
};

/** Instants in epoch milliseconds; the end is not in the range. */
export type Range = { readonly fromMillis: number; readonly untilMillis: number };

export interface StoredRecords {
  /**
   * Records of a range, the oldest first. A read sees every record that was appended before it.
   * @param after where the page before ended. @param most about so many records.
   * @returns `next`: where to go on; undefined at the end of the range. A page may be empty and have one.
   * `readMillis`: no record of the range before this instant is on a later page.
   */
  page(
    range: Range,
    after: string | undefined,
    most: number,
  ): Promise<{
    readonly records: readonly StoredRecord[];
    readonly next: string | undefined;
    readonly readMillis: number;
  }>;
}

/** One place in the chain. It is never changed and never removed. */
export type SegmentClaim = Lock & {
  readonly number: number;
  /** Hash of the bytes of the segment. */
  readonly segmentSha256: string;
  /** Its records, and those of all claims before it, began before this instant. */
  readonly untilMillis: number;
  /** The file of the segment, compressed by gzip. */
  readonly content: Uint8Array;
};

/** How far the chain is. Version 0 = nothing was sealed yet. */
export type ChainState = {
  readonly version: number;
  /** Segments up to this number are in the bucket. */
  readonly written: number;
  /** Every record that began before this instant, and was there when it was looked for, is in the chain. */
  readonly lookedMillis: number;
  /** When a run last looked for records that came days late. */
  readonly lookedDeepMillis: number;
  /** How far such a look is that has not ended yet; 0 = none is under way. */
  readonly deepMillis: number;
  /** Number of the newest signed head, and when it was signed. */
  readonly signed: number;
  readonly signedMillis: number;
};

/** Reads see every write that was answered before. Writes are of one item each. */
export interface AuditChainStore {
  /** The claim with the highest number. */
  lastClaim(): Promise<SegmentClaim | undefined>;
  readClaim(number: number): Promise<SegmentClaim | undefined>;
  /** @returns false when the number is claimed already. */
  putClaim(claim: SegmentClaim): Promise<boolean>;
  readState(): Promise<ChainState>;
  /** Puts `after` in place of the version before it. @returns false when another is there. */
  writeState(after: ChainState): Promise<boolean>;
}

export const noState: ChainState = {
  ...{ version: 0, written: 0, lookedMillis: 0, lookedDeepMillis: 0, deepMillis: 0, signed: 0, signedMillis: 0 },
};
