/** Every place that answers can be kept in, against the contract of the ports. */
import { createMemoryCacheStore } from '../../shared/cache/adapters/memory.ts';
import { createMemorySpill } from '../../shared/cache/adapters/spill.ts';
import { cacheStoreContract } from './cache-store.contract.ts';
import { dynamoStore, s3Spill, stopped } from './cache-store-support.ts';

cacheStoreContract('memory', async (clock = stopped) => createMemoryCacheStore(clock));
cacheStoreContract('DynamoDB', (clock) => dynamoStore(createMemorySpill(), clock));
cacheStoreContract('DynamoDB and S3', async (clock) => dynamoStore((await s3Spill()).spill, clock));
