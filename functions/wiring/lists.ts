/** Lists and sources: their definitions and copies, and the systems of record behind them. */
import { S3Client } from '@aws-sdk/client-s3';
import { createDynamoCopies } from '../../shared/lists/adapters/dynamodb-copies.ts';
import { createDynamoDefinitions } from '../../shared/lists/adapters/dynamodb-definitions.ts';
import { createHttpSystem } from '../../shared/lists/adapters/http-system.ts';
import { createS3CsvFiles } from '../../shared/lists/adapters/s3-csv-files.ts';
import { createListAdmin } from '../../shared/lists/admin/admin.ts';
import { createLists } from '../../shared/lists/lists.ts';
import { createReadThrough } from '../../shared/lists/read-through.ts';
import type { ServingParts } from '../../shared/lists/serving.ts';
import { createSources } from '../../shared/lists/sources.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/logger.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import { envelopeOf } from './envelope.ts';
import type { ListsEnv } from './list-env.ts';
import { s3Addressing } from './s3.ts';
import { clientSettings } from './time-outs.ts';

const isLocal = ({ env }: House<ListsEnv>): boolean => env.STAGE === 'local';

const makeDefinitions = (house: House<ListsEnv>) => createDynamoDefinitions(dynamoOf(house), house.env.LISTS_TABLE);
export const definitionsOf = (house: House<ListsEnv>) => house.part(makeDefinitions);

const makeCopies = (house: House<ListsEnv>) => createDynamoCopies(dynamoOf(house), house.env.LISTS_TABLE, systemClock);
const copiesOf = (house: House<ListsEnv>) => house.part(makeCopies);

const makeCsvFiles = (house: House<ListsEnv>) => {
  const patience = { maxAttempts: 2, requestMillis: 5_000, connectionMillis: 1_000 };
  const s3 = new S3Client({ ...clientSettings(patience), ...s3Addressing() });
  return createS3CsvFiles(s3, house.env.LISTS_BUCKET, (object, cause) =>
    logger.warn('lists: an object is not there, or may not be read', { object, error: cause as Error }),
  );
};

const makeServing = (house: House<ListsEnv>): ServingParts => ({
  system: createHttpSystem({ networks: house.env.SOURCE_NETWORKS, isLocal: isLocal(house) }),
  envelope: envelopeOf(house),
  copies: copiesOf(house),
  csvFiles: house.part(makeCsvFiles),
  readThrough: createReadThrough({
    copies: copiesOf(house),
    clock: systemClock,
    onTrouble: (trouble, cause) => logger.warn(`lists: ${trouble}`, { error: cause as Error }),
  }),
});

const makeLists = (house: House<ListsEnv>) => createLists(house.part(makeServing));
export const listsOf = (house: House<ListsEnv>) => house.part(makeLists);

const makeSources = (house: House<ListsEnv>) => createSources(house.part(makeServing));
export const sourcesOf = (house: House<ListsEnv>) => house.part(makeSources);

const makeAdmin = (house: House<ListsEnv>) =>
  createListAdmin({
    definitions: definitionsOf(house),
    copies: copiesOf(house),
    envelope: envelopeOf(house),
    clock: systemClock,
    networks: house.env.SOURCE_NETWORKS,
    isLocal: isLocal(house),
  });
export const listAdminOf = (house: House<ListsEnv>) => house.part(makeAdmin);
