/**
 * Each day: every version of every key below `documents/` is listed and compared with the catalogue. So what was removed, hidden, written
 * over or added is found within a day, although the bytes are read over a cycle.
 */
import type { Report } from '../../../packages/archive-verify/src/fault.ts';
import { type ArchiveIndex, indexArchive } from '../../../packages/archive-verify/src/index-of-archive.ts';
import type { Item } from '../../../packages/archive-verify/src/source.ts';
import type { Claim } from '../archive-record.ts';
import { manifestOf } from '../claim.ts';
import { documentKey, documentsPrefix, manifestKey, stemOfKey, versionOfKey } from '../keys.ts';
import type { FaultBook } from './fault-book.ts';
import { createMarks } from './marks.ts';
import { listingOf, type Portion, readManifest, type VerificationParts, wholeGroups } from './parts.ts';
import { mostFaults } from './verification-record.ts';

/** An order stores its PDF first. It has further rounds for 33 hours before its manifest is written. */
const graceMillis = 2 * 86_400_000;
/** Reads of the catalogue at a time. */
const atOnce = 25;

type Marks = ReturnType<typeof createMarks>;
type Store = VerificationParts['store'];

const inGroups = async <T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> => {
  for (let next = 0; next < all.length; next += atOnce) await Promise.all(all.slice(next, next + atOnce).map(work));
};

/** @returns the claims whose manifests are listed, by the key of their PDF. */
const checkManifests = async (store: Store, { manifests }: ArchiveIndex, marks: Marks, book: FaultBook) => {
  const named = new Map<string, Claim>();
  await inGroups(manifests, async ({ key, number }) => {
    const report = book.reporter({ pass: 'inventory', entity: versionOfKey(key)?.eid });
    const claim = await store.readClaim(number);
    if (!claim) return report('catalogue-lacks', number, `the catalogue does not know manifest ${number}, ${key}`);
    const manifest = readManifest(claim);
    if (!manifest) return;
    const { eid, digest } = manifest;
    if (key !== manifestKey(eid, digest, number))
      return report('chain-forked', number, `the catalogue gives this number to another manifest than ${key}`);
    marks.mark(number, 'manifest');
    named.set(documentKey(eid, digest), claim);
  });
  return named;
};

/** The claim of a PDF whose manifest is not listed. */
const claimOf = async (store: Store, key: string): Promise<Claim | undefined> => {
  const wanted = versionOfKey(key);
  const number = wanted && (await store.readVersion(wanted.eid, wanted.digest))?.number;
  const claim = number === undefined ? undefined : await store.readClaim(number);
  const manifest = claim && readManifest(claim);
  return manifest && documentKey(manifest.eid, manifest.digest) === key ? claim : undefined;
};

const checkDocuments = async (
  { store, nowMillis }: Pick<VerificationParts, 'store' | 'nowMillis'>,
  { documents }: ArchiveIndex,
  named: ReadonlyMap<string, Claim>,
  marks: Marks,
  report: Report,
): Promise<void> => {
  const isOld = ({ writtenAtMillis = 0 }: Item): boolean => writtenAtMillis < nowMillis() - graceMillis;
  await inGroups([...documents], async ([key, versions]) => {
    const claim = named.get(key) ?? (await claimOf(store, key));
    if (!claim && versions.some(isOld)) report('document-without-manifest', key, 'no manifest names this PDF');
    if (!claim) return;
    const { number, versionId } = manifestOf(claim);
    // What is not marked is reported at the end.
    if (versions.some((one) => one.versionId === versionId)) marks.mark(number, 'document');
  });
};

const reportMissing = async (store: Store, marks: Marks, book: FaultBook): Promise<void> => {
  let reported = 0;
  for (const { number, seen } of marks.missing()) {
    const claim = await store.readClaim(number);
    const manifest = claim && readManifest(claim);
    // The pass over the catalogue has reported a number that is not there.
    if (!manifest) continue;
    reported += 1;
    if (reported > mostFaults) return;
    const { eid, digest, versionId } = manifest;
    const report = book.reporter({ pass: 'inventory', entity: eid });
    if (seen === 'manifest') report('manifest-missing', number, `manifest ${number} of ${eid} is not in the bucket`);
    else report('document-missing', documentKey(eid, digest), `version ${versionId} is not in the bucket`);
  }
};

export const checkInventory: Portion = async (parts, state, book) => {
  const { bucket, store } = parts;
  const { round } = state;
  const report = book.reporter({ pass: 'inventory' });
  const marks = createMarks(round.sealed, round.marks);
  const place = round.afterKey === undefined ? undefined : { key: round.afterKey };
  const { items, afterKey } = wholeGroups(await bucket.listPage(documentsPrefix, place), stemOfKey);
  const index = await indexArchive(listingOf(items), report);
  const named = await checkManifests(store, index, marks, book);
  await checkDocuments(parts, index, named, marks, report);
  if (afterKey === undefined) await reportMissing(store, marks, book);
  return {
    state: { ...state, round: { ...round, afterKey, marks: afterKey === undefined ? undefined : marks.bits } },
    isOver: afterKey === undefined,
  };
};
