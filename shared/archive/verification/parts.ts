/** What the passes of a verification work with. A pass is done in portions, so that a round fits any time limit. */
import type { KeyObject } from 'node:crypto';
import type { BucketReader, ListingPage } from '../../../packages/archive-verify/src/bucket-source.ts';
import type { Item } from '../../../packages/archive-verify/src/source.ts';
import type { Claim } from '../archive-record.ts';
import type { ArchiveStore } from '../archive-store.ts';
import { manifestOf } from '../claim.ts';
import type { Manifest } from '../format.ts';
import type { HoldStore } from '../holds/hold-record.ts';
import type { FaultBook } from './fault-book.ts';
import type { OpenFault, Round, VerificationState, VerificationStore } from './verification-record.ts';

export type VerificationParts = {
  readonly store: Pick<ArchiveStore, 'listClaims' | 'readClaim' | 'readVersion' | 'readSeal'>;
  readonly notes: VerificationStore;
  readonly holds: Pick<HoldStore, 'readHeld'>;
  /** @throws SourceUnavailable when S3 cannot say what is there: then nothing is a fault yet. */
  readonly bucket: BucketReader;
  /** The key that signs heads, from where it is kept: not from the archive. */
  readonly publicKey: () => Promise<KeyObject>;
  /** Every PDF is read once in so many rounds. */
  readonly cycleDays: number;
  /** And at least so many in each round, so that a small archive is read whole each day. */
  readonly fewestDocuments: number;
  readonly nowMillis: () => number;
  readonly onFault: (fault: OpenFault) => void;
};

/** A state whose round is under way. */
export type Running = VerificationState & { readonly round: Round };
/** Does one portion of a pass. @returns the state after it; `isOver` = the pass has come to its end. */
export type Portion = (
  parts: VerificationParts,
  state: Running,
  book: FaultBook,
) => Promise<{ readonly state: Running; readonly isOver: boolean }>;

/** Undefined for a claim whose text was spoilt, which the pass over the catalogue reports. */
export const readManifest = (claim: Claim): Manifest | undefined => {
  try {
    return manifestOf(claim);
  } catch {
    return undefined;
  }
};

/** How S3 sorts keys: by the bytes of their UTF-8 text (API reference, ListObjectVersions). */
const isBehind = (one: string, other: string): boolean => Buffer.compare(Buffer.from(one), Buffer.from(other)) > 0;

/**
 * The items of a page without those of its last group, which the next page may continue. @param groupOf a part of the key with which all
 * keys of a group begin. @returns the key after which the listing goes on; undefined = it was the last page.
 */
export const wholeGroups = ({ items, next }: ListingPage, groupOf: (key: string) => string) => {
  if (!next) return { items, afterKey: undefined };
  const cut = groupOf(next.key);
  const whole = items.filter(({ key }) => groupOf(key) !== cut);
  const [first] = whole;
  // A group of more than a page: nobody but an intruder makes one, and each of its versions is reported.
  if (!first) return { items, afterKey: next.key };
  return { items: whole, afterKey: whole.reduce((last, { key }) => (isBehind(key, last) ? key : last), first.key) };
};

/** For the code of archive-verify that reads a listing. */
export const listingOf = (items: readonly Item[]) => ({
  async *list() {
    yield* items;
  },
});
