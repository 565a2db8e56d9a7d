/**
 * The chain. A number is claimed by one conditional write, which holds the whole manifest; so the hash of the manifest before is known
 * to whoever claims the next number, and the chain has no fork. A version notes the number that it wants before it claims it: after a
 * crash it looks there first, so it never has two.
 */
import type { Claim, Lock, Version } from './archive-record.ts';
import { type ArchiveStore, changeVersion } from './archive-store.ts';
import { type Manifest, manifestBytes, manifestFormat, parseManifest, sha256Hex } from './format.ts';
import { type HoldingParts, holdNewObject } from './holds/hold-new-object.ts';
import { manifestKey, numberKey } from './keys.ts';
import { longerOf } from './lock-policy.ts';
import { type PutSameBucket, putSame } from './put-same.ts';

type ChainStore = Pick<
  ArchiveStore,
  'readVersion' | 'writeVersion' | 'lastNumber' | 'readClaim' | 'putClaim' | 'publish'
>;

const mostTries = 50;

export const manifestOf = ({ manifest }: Pick<Claim, 'manifest'>): Manifest => parseManifest(Buffer.from(manifest));

const isOf = (claim: Claim, { eid, digest }: Version): boolean => {
  const manifest = manifestOf(claim);
  return manifest.eid === eid && manifest.digest === digest;
};

const toClaim = (version: Version, number: number, previous: Claim | undefined): Claim => {
  const { eid, digest, stored, requestedBy, requestedAtMillis, closedBy, notebook } = version;
  if (!stored) throw new Error('A version claims no number before its document is stored');
  const { versionId, sha256, crc64nvme, sizeBytes, archivedAt, lockMode, retainUntil } = stored;
  const bytes = manifestBytes({
    ...{ format: manifestFormat, number, previousManifestSha256: previous?.manifestSha256 ?? null },
    ...{ eid, digest, versionId, sha256, crc64nvme, sizeBytes },
    ...{ requestedBy, requestedAt: new Date(requestedAtMillis).toISOString() },
    ...{ archivedAt, lockMode, retainUntil },
  });
  return {
    ...{ number, manifest: bytes.toString('utf8'), manifestSha256: sha256Hex(bytes) },
    ...(closedBy === undefined ? {} : { closedBy }),
    ...(notebook === undefined ? {} : { notebook }),
  };
};

/** The claim of a number that a version wants; undefined = another version has it. */
const claimWanted = async (store: ChainStore, version: Version, number: number): Promise<Claim | undefined> => {
  const known = await store.readClaim(number);
  if (known) return isOf(known, version) ? known : undefined;
  const previous = number === 1 ? undefined : await store.readClaim(number - 1);
  if (number > 1 && !previous) throw new Error(`The chain has no number ${number - 1}`);
  const claim = toClaim(version, number, previous);
  if (await store.putClaim(claim)) return claim;
  const winner = await store.readClaim(number);
  return winner && isOf(winner, version) ? winner : undefined;
};

/** @returns the one claim of a version whose document is stored. Safe to repeat, and to run twice at a time. */
export const claimNumber = async (store: ChainStore, wanted: Pick<Version, 'eid' | 'digest'>): Promise<Claim> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const version = await changeVersion(store, wanted, () => undefined);
    const { number } = version;
    const claim = number === undefined ? undefined : await claimWanted(store, version, number);
    if (claim) return claim;
    const next = (await store.lastNumber()) + 1;
    // Refused when the same version was given another number meanwhile: that one is looked at then.
    await store.writeVersion({ ...version, number: next, version: version.version + 1 });
  }
  throw new Error('Numbers of the chain are claimed by others all the time');
};

/**
 * Writes the manifest of a claim beside its document, and lists it. Whoever claimed the number may have died: anybody may finish it.
 * The bucket learns first which manifest has the number. So a catalogue that was restored to an earlier time, and gives numbers a second
 * time, forks no chain under lock.
 * @param lockNow the lock of an object that is written now. The bucket refuses a shorter one, and days may lie between a document and its
 *   manifest. The text of the manifest keeps what it promises.
 * @param holding a legal hold on the experiment is put on its new objects before they are listed.
 * @throws Error when another manifest is there, or another has the number.
 */
export const finishClaim = async (
  store: ChainStore,
  bucket: PutSameBucket,
  claim: Claim,
  lockNow: Lock,
  holding: HoldingParts,
): Promise<void> => {
  const { eid, digest, number, versionId, lockMode, retainUntil } = manifestOf(claim);
  const lock = longerOf({ lockMode, retainUntil }, lockNow);
  await putSame(bucket, numberKey(number), Buffer.from(claim.manifestSha256), 'text/plain', lock);
  await putSame(bucket, manifestKey(eid, digest, number), Buffer.from(claim.manifest), 'application/json', lock);
  await holdNewObject(holding, { eid, digest, number, versionId });
  await store.publish(claim);
};
