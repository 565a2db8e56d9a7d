/** Seals the chain: finishes what was claimed, signs the head, and puts it under lock. */
import type { ArchiveBucket } from './archive-bucket.ts';
import type { ArchiveStore, SealState } from './archive-store.ts';
import { finishClaim } from './claim.ts';
import { type AnyHead, type Head, headBytes, headFormat, signedBytes } from './format.ts';
import type { HoldingParts } from './holds/hold-new-object.ts';
import { headKey, publicKeyKey } from './keys.ts';
import { type LockPolicy, lockFrom } from './lock-policy.ts';
import { type PutSameBucket, putSame } from './put-same.ts';

/** Port: the key that signs heads. It is used for nothing else. */
export interface HeadSigner {
  readonly keyId: string;
  readonly algorithm: Head['algorithm'];
  sign(bytes: Uint8Array): Promise<Uint8Array>;
  publicKeyPem(): Promise<string>;
}

export type SealParts = {
  readonly store: ArchiveStore;
  readonly bucket: ArchiveBucket;
  readonly signer: HeadSigner;
  readonly lock: LockPolicy;
  readonly holding: HoldingParts;
  readonly nowMillis: () => number;
};

type Seal = { readonly number: number; readonly isSealed: boolean };

/** A head is signed once a day although nothing was archived, so that the newest one is never old. */
const longestMillis = 86_400_000;
/** Manifests that one run finishes at most; the next run goes on. */
const mostFinished = 5_000;

type Finished = { readonly number: number; readonly fault?: unknown };

const finishOne = async ({ store, bucket, lock, holding, nowMillis }: SealParts, number: number): Promise<void> => {
  if (await store.readPublished(number)) return;
  const claim = await store.readClaim(number);
  if (!claim) throw new Error(`The chain has no number ${number}`);
  await finishClaim(store, bucket, claim, lockFrom(lock, nowMillis()), holding);
};

/** Writes the manifests of claims whose owners died. @returns the last number up to which all are written, and why not the next one. */
const finishClaims = async (parts: SealParts, after: number): Promise<Finished> => {
  const last = Math.min(await parts.store.lastNumber(), after + mostFinished);
  for (let number = after + 1; number <= last; number += 1)
    try {
      await finishOne(parts, number);
    } catch (fault) {
      return { number: number - 1, fault };
    }
  return { number: last };
};

/** Facts of a head that is signed now. */
export const headFacts = ({ signer, lock, nowMillis }: Pick<SealParts, 'signer' | 'lock' | 'nowMillis'>) => {
  const { keyId, algorithm } = signer;
  return { signedAt: new Date(nowMillis()).toISOString(), keyId, algorithm, ...lockFrom(lock, nowMillis()) };
};

/** Signs a head and puts it into the archive, with the public key that proves it. */
export const putHead = async (
  { bucket, signer }: { readonly bucket: PutSameBucket; readonly signer: HeadSigner },
  key: string,
  head: AnyHead,
): Promise<void> => {
  const signature = Buffer.from(await signer.sign(signedBytes(head))).toString('base64');
  await bucket.putOnce(key, headBytes({ ...head, signature }), 'application/json', head);
  const pem = Buffer.from(await signer.publicKeyPem());
  // The key is needed as long as the newest head that it has signed.
  await putSame(bucket, publicKeyKey(head.keyId), pem, 'application/x-pem-file', head);
};

/** Signs what is finished. @returns the number that the newest head covers, and whether one was written. */
const signHead = async (parts: SealParts, before: SealState, number: number): Promise<Seal> => {
  const { store, nowMillis } = parts;
  const isOld = before.version === 0 || nowMillis() - before.sealedAtMillis >= longestMillis;
  if (number === before.number && !isOld) return { number, isSealed: false };
  const claim = number === 0 ? undefined : await store.readClaim(number);
  if (!claim) return { number: 0, isSealed: false };
  const facts = headFacts(parts);
  const head: Head = { format: headFormat, number, manifestSha256: claim.manifestSha256, ...facts };
  await putHead(parts, headKey(facts.signedAt, number), head);
  await store.writeSeal({ version: before.version + 1, number, sealedAtMillis: nowMillis() });
  return { number, isSealed: true };
};

/**
 * @param everyMillis at least this time lies between two heads.
 * @returns the number that the newest head covers, and whether one was written.
 * @throws what keeps a manifest from being written, after all before it were sealed.
 */
export const sealArchive = async (parts: SealParts, everyMillis: number): Promise<Seal> => {
  const { store, nowMillis } = parts;
  const before = await store.readSeal();
  if (before.version > 0 && nowMillis() - before.sealedAtMillis < everyMillis)
    return { number: before.number, isSealed: false };
  const { number, fault } = await finishClaims(parts, before.number);
  const seal = await signHead(parts, before, number);
  if (fault !== undefined) throw fault;
  return seal;
};
