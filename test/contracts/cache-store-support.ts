/** Stores of answers on the emulators. */
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { startS3 } from '../../local/emulators/s3/server.ts';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createS3Spill } from '../../shared/cache/adapters/s3.ts';
import type { BodySpill } from '../../shared/cache/adapters/spill.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { closedAfterTest, s3Client } from '../support/aws.ts';
import { freshTable } from '../support/tables.ts';

export const stopped: Clock = { nowMillis: () => 6_000 };

export const s3Spill = async () => {
  const client = s3Client((await closedAfterTest(startS3({}))).url);
  await client.send(new CreateBucketCommand({ Bucket: 'cache' }));
  return { client, spill: createS3Spill(client, 'cache') };
};

export const dynamoStore = async (spill: BodySpill, clock = stopped) => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoCacheStore(dynamo, { tableName, tenant: 't', spill, clock });
};
