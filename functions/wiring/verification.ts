/** The daily verification of the archive: what it reads, and where it notes what it found. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { createKmsSigner } from '../../shared/archive/adapters/kms-signer.ts';
import { createS3ArchiveReader } from '../../shared/archive/adapters/s3-reader.ts';
import type { VerificationParts } from '../../shared/archive/verification/parts.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/logger.ts';
import { type House, once } from '../house.ts';
import { archiveStoreOf, holdStoreOf } from './archive.ts';
import type { VerifierEnv } from './archive-env.ts';
import { s3Of } from './exports.ts';
import { kmsOf } from './kms.ts';
import { verificationStoreOf } from './verification-store.ts';

const makeParts = (house: House<VerifierEnv>): VerificationParts => {
  const { ARCHIVE_BUCKET, ARCHIVE_SIGNING_KEY, ARCHIVE_VERIFY_DAYS } = house.env;
  const { publicKeyPem } = createKmsSigner(kmsOf(house), ARCHIVE_SIGNING_KEY);
  return {
    store: archiveStoreOf(house),
    notes: verificationStoreOf(house),
    holds: holdStoreOf(house),
    bucket: createS3ArchiveReader(s3Of(house), ARCHIVE_BUCKET),
    publicKey: once(async (): Promise<KeyObject> => createPublicKey(await publicKeyPem())),
    cycleDays: ARCHIVE_VERIFY_DAYS,
    fewestDocuments: 1_000,
    nowMillis: systemClock.nowMillis,
    onFault: ({ code, subject, entity, detail }) =>
      logger.error('fault in the archive', { code, subject, entity, detail }),
  };
};
export const verificationPartsOf = (house: House<VerifierEnv>) => house.part(makeParts);
