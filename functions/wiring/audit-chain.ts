/** What seals the audit log: the log itself, its chain, the archive's bucket and the key that signs. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createKmsSigner } from '../../shared/archive/adapters/kms-signer.ts';
import { createS3ArchiveBucket } from '../../shared/archive/adapters/s3-bucket.ts';
import { createDynamoAuditChain } from '../../shared/audit-chain/adapters/dynamodb.ts';
import { createDynamoStoredRecords } from '../../shared/audit-chain/adapters/stored-records.ts';
import type { SealAuditParts } from '../../shared/audit-chain/seal-audit-log.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { House } from '../house.ts';
import type { SealerEnv } from './archive-env.ts';
import { dynamoOf } from './dynamo.ts';
import { s3Of } from './exports.ts';
import { kmsOf } from './kms.ts';
import { clientSettings, patienceOf, profiles } from './time-outs.ts';

const makeParts = (house: House<SealerEnv>): SealAuditParts => {
  const { env } = house;
  // Not the document client: items are sealed as they are stored.
  const client = new DynamoDBClient(clientSettings(profiles.usual, patienceOf(house)));
  return {
    records: createDynamoStoredRecords(client, env.AUDIT_TABLE),
    store: createDynamoAuditChain(dynamoOf(house), env.ARCHIVE_TABLE),
    bucket: createS3ArchiveBucket(s3Of(house), env.ARCHIVE_BUCKET),
    signer: createKmsSigner(kmsOf(house), env.ARCHIVE_SIGNING_KEY),
    lock: env.ARCHIVE_LOCK,
    nowMillis: systemClock.nowMillis,
    signEveryMillis: env.ARCHIVE_SEAL_MINUTES * 60_000,
  };
};
export const sealAuditPartsOf = (house: House<SealerEnv>) => house.part(makeParts);
