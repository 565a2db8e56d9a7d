/** The archive: its catalogue, its bucket, the key that signs, and what carries orders out. */

import { createDynamoArchiveStore } from '../../shared/archive/adapters/dynamodb.ts';
import { createDynamoBackfillStore } from '../../shared/archive/adapters/dynamodb-backfills.ts';
import { createDynamoHoldStore } from '../../shared/archive/adapters/dynamodb-holds.ts';
import { createKmsSigner } from '../../shared/archive/adapters/kms-signer.ts';
import { createS3ArchiveBucket } from '../../shared/archive/adapters/s3-bucket.ts';
import { createS3ArchivedFiles } from '../../shared/archive/adapters/s3-files.ts';
import { createS3HeldObjects } from '../../shared/archive/adapters/s3-holds.ts';
import { type BackfillEngine, createBackfills, startPage } from '../../shared/archive/backfills/backfills.ts';
import type { PageParts } from '../../shared/archive/backfills/carry-out-page.ts';
import type { OrderParts } from '../../shared/archive/carry-out-order.ts';
import { createHoldKeeper } from '../../shared/archive/holds/hold-keeper.ts';
import { createHolds } from '../../shared/archive/holds/holds.ts';
import { createArchiveOrders } from '../../shared/archive/orders.ts';
import type { SealParts } from '../../shared/archive/seal.ts';
import { liveAlias } from '../../shared/config/names.ts';
import { backgroundProfile } from '../../shared/exchange/quota-profile.ts';
import { createLambdaEngine, startExecution } from '../../shared/exports/adapters/lambda.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { countHoldsNotSet, countOrder } from '../edge/archive-metrics.ts';
import { logger } from '../edge/logger.ts';
import { currentTraceId } from '../edge/trace.ts';
import type { House } from '../house.ts';
import type { ArchiveEnv, ArchiverEnv, HolderEnv } from './archive-env.ts';
import { serviceKeysOf } from './credentials.ts';
import { dynamoOf } from './dynamo.ts';
import type { ArchiveTableEnv, JobsEnv } from './env.ts';
import { lambda, ownExportsOf, resultFilesOf, s3Of } from './exports.ts';
import { kmsOf } from './kms.ts';
import { callAs } from './upstream.ts';

const { nowMillis } = systemClock;

const makeStore = (house: House<ArchiveTableEnv>) => createDynamoArchiveStore(dynamoOf(house), house.env.ARCHIVE_TABLE);
export const archiveStoreOf = (house: House<ArchiveTableEnv>) => house.part(makeStore);

const makeFiles = (house: House<ArchiveEnv>) => createS3ArchivedFiles(s3Of(house), house.env.ARCHIVE_BUCKET);
export const archivedFilesOf = (house: House<ArchiveEnv>) => house.part(makeFiles);

const ordersWith = (house: House<ArchiveTableEnv & Pick<JobsEnv, 'STAGE'>>, functionName: string) => {
  const client = lambda();
  const { statusOf } = createLambdaEngine(client, functionName);
  return createArchiveOrders({
    store: archiveStoreOf(house),
    engine: { statusOf, start: (name, order) => startExecution(client, functionName, name, order) },
    stage: house.env.STAGE,
    nowMillis,
    count: countOrder,
    traceId: currentTraceId,
    onStartFailed: (name, error) => logger.error('an order was not started', { name, error: error as Error }),
  });
};

const makeTakenOrders = (house: House<ArchiverEnv>) => ordersWith(house, house.env.JOBS_FUNCTION);
/** For the function that takes orders. */
export const takenOrdersOf = (house: House<ArchiverEnv>) => house.part(makeTakenOrders);

const makeSweptOrders = (house: House<JobsEnv>) =>
  ordersWith(house, `${house.env.AWS_LAMBDA_FUNCTION_NAME}:${liveAlias}`);
/** For the durable function itself. */
export const sweptOrdersOf = (house: House<JobsEnv>) => house.part(makeSweptOrders);

const makeHoldStore = (house: House<ArchiveTableEnv>) =>
  createDynamoHoldStore(dynamoOf(house), house.env.ARCHIVE_TABLE);
export const holdStoreOf = (house: House<ArchiveTableEnv>) => house.part(makeHoldStore);

const makeHolds = (house: House<ArchiveEnv>) =>
  createHolds({ holds: holdStoreOf(house), hasLocks: house.env.ARCHIVE_LOCK !== undefined, nowMillis });
export const holdsOf = (house: House<ArchiveEnv>) => house.part(makeHolds);

const makeKeeper = (house: House<HolderEnv>) =>
  createHoldKeeper({
    holds: holdStoreOf(house),
    store: archiveStoreOf(house),
    objects: createS3HeldObjects(s3Of(house), house.env.ARCHIVE_BUCKET),
    nowMillis,
    countNotSet: countHoldsNotSet,
  });
export const holdKeeperOf = (house: House<HolderEnv>) => house.part(makeKeeper);

const makeSealParts = (house: House<JobsEnv>): SealParts => ({
  store: archiveStoreOf(house),
  bucket: createS3ArchiveBucket(s3Of(house), house.env.ARCHIVE_BUCKET),
  signer: createKmsSigner(kmsOf(house), house.env.ARCHIVE_SIGNING_KEY),
  lock: house.env.ARCHIVE_LOCK,
  holding: { holds: holdStoreOf(house), objects: createS3HeldObjects(s3Of(house), house.env.ARCHIVE_BUCKET) },
  nowMillis,
});
export const sealPartsOf = (house: House<JobsEnv>) => house.part(makeSealParts);

const makeOrderParts = (house: House<JobsEnv>): OrderParts => {
  const { call } = callAs(house, 'archive', backgroundProfile, serviceKeysOf(house));
  const { store, bucket, lock, holding } = sealPartsOf(house);
  return {
    ...{ store, bucket, lock, holding, nowMillis, stage: house.env.STAGE, count: countOrder },
    files: resultFilesOf(house),
    // Each step repeats its own calls.
    call: (asked) => call({ ...asked, once: true }),
    exportsAs: (jobId) => ownExportsOf(house, jobId),
  };
};
export const orderPartsOf = (house: House<JobsEnv>) => house.part(makeOrderParts);

const makeBackfillStore = (house: House<ArchiveTableEnv>) =>
  createDynamoBackfillStore(dynamoOf(house), house.env.ARCHIVE_TABLE);
const backfillStoreOf = (house: House<ArchiveTableEnv>) => house.part(makeBackfillStore);

const makeBackfills = (house: House<ArchiveEnv>) =>
  createBackfills({ store: backfillStoreOf(house), nowMillis, traceId: currentTraceId });
export const backfillsOf = (house: House<ArchiveEnv>) => house.part(makeBackfills);

const makeBackfillEngine = (house: House<JobsEnv>) => {
  const client = lambda();
  const functionName = `${house.env.AWS_LAMBDA_FUNCTION_NAME}:${liveAlias}`;
  const { statusOf } = createLambdaEngine(client, functionName);
  const engine: BackfillEngine = {
    statusOf,
    start: (name, input) => startExecution(client, functionName, name, input),
  };
  return { store: backfillStoreOf(house), engine, stage: house.env.STAGE, nowMillis };
};
export const backfillEngineOf = (house: House<JobsEnv>) => house.part(makeBackfillEngine);

const makePageParts = (house: House<JobsEnv>): PageParts => {
  const { call } = callAs(house, 'backfill', backgroundProfile, serviceKeysOf(house));
  return {
    ...{ backfills: backfillStoreOf(house), store: archiveStoreOf(house), stage: house.env.STAGE, nowMillis },
    // Each step repeats its own calls.
    call: (asked) => call({ ...asked, once: true }),
    take: (order) => sweptOrdersOf(house).take(order),
    startPage: (backfill) => startPage(backfillEngineOf(house), backfill),
  };
};
export const pagePartsOf = (house: House<JobsEnv>) => house.part(makePageParts);
