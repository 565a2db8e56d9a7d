/** What the daily verification of the archive found. In a file of its own, so that functions which only read it do without S3 and KMS. */
import { createDynamoVerificationStore } from '../../shared/archive/adapters/dynamodb-verification.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { ArchiveTableEnv } from './env.ts';

const makeStore = (house: House<ArchiveTableEnv>) =>
  createDynamoVerificationStore(dynamoOf(house), house.env.ARCHIVE_TABLE);
export const verificationStoreOf = (house: House<ArchiveTableEnv>) => house.part(makeStore);
