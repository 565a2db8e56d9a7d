/** What the deep health check looks at. */
import { faultySinceMillis } from '../../shared/archive/verification/fault-book.ts';
import { defaultPolicy } from '../../shared/cache/policy.ts';
import { sweepHealth, sweepLagMillis } from '../../shared/cache/sweep/sweep.ts';
import { createDynamoKeyStore } from '../../shared/credentials/adapters/dynamodb-keys.ts';
import { countMessages } from '../../shared/health/adapters/sqs.ts';
import { naming } from '../../shared/health/fault.ts';
import type { CheckName, Finding, Look } from '../../shared/health/health.ts';
import { judgeArchive, judgeHook, judgeKeys, judgeSweep } from '../../shared/health/looks.ts';
import { createQueueLook } from '../../shared/health/queue-look.ts';
import { createUpstreamLook } from '../../shared/health/upstream-health.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/logger.ts';
import type { House } from '../house.ts';
import { purgedStoreOf } from './cache-store.ts';
import { dynamoOf } from './dynamo.ts';
import type { HealthEnv } from './env.ts';
import { readHookHeaderOf } from './notifications.ts';
import { healthStoreOf } from './outcomes.ts';
import { budgetName, quotaReaderOf } from './quota.ts';
import { sqsOf } from './sqs.ts';
import { verificationStoreOf } from './verification-store.ts';

const lookAtSweep = async (house: House<HealthEnv>): Promise<Finding> => {
  if (house.env.CACHE === 'off') return judgeSweep(undefined);
  const { sweep } = await purgedStoreOf(house).read(undefined, []);
  const nowMillis = systemClock.nowMillis();
  const boundMillis = defaultPolicy.boundMillis - defaultPolicy.clockSkewMillis;
  return judgeSweep({ state: sweepHealth(sweep, nowMillis, boundMillis), lagMillis: sweepLagMillis(sweep, nowMillis) });
};

const makeKeyStore = (house: House<HealthEnv>) => createDynamoKeyStore(dynamoOf(house), house.env.CREDENTIALS_TABLE);

const queueLookOf = (house: House<HealthEnv>): Look =>
  createQueueLook({
    queues: house.env.QUEUES,
    countMessages: (queueUrl) => countMessages(sqsOf(house, 'brief'), queueUrl),
    onTrouble: (depth) => logger.warn('health: queue', depth),
  });

const lookAtArchive = async (house: House<HealthEnv>): Promise<Finding> => {
  const store = verificationStoreOf(house);
  const [{ last, wholeSinceMillis }, faults] = await Promise.all([store.read(), store.listFaults()]);
  const found = { faults: faults.length, faultySinceMillis: faultySinceMillis(faults) };
  return judgeArchive({ ...found, endedAtMillis: last?.endedAtMillis, wholeSinceMillis }, systemClock.nowMillis());
};

/** The log gets the cause of a check that fails. */
const logged =
  (name: string, look: Look): Look =>
  () =>
    look().catch((error: unknown) => {
      logger.error(`health: ${name} failed`, { error: error as Error });
      throw error;
    });

const looksFor = (house: House<HealthEnv>): Readonly<Record<CheckName, Look>> => {
  const store = healthStoreOf(house);
  return {
    store: async () => {
      await Promise.all([
        naming('the table of requests', store.readStates()),
        naming('the table of the quota', quotaReaderOf(house).read()),
      ]);
      return { state: 'ok', reason: 'The tables of requests and of the quota answer.' };
    },
    queues: queueLookOf(house),
    upstream: createUpstreamLook(store, systemClock, house.env.CACHE === 'on'),
    sweep: () => lookAtSweep(house),
    hook: async () => judgeHook((await readHookHeaderOf(house)()) !== undefined),
    archive: () => lookAtArchive(house),
    credentials: async () => judgeKeys(await house.part(makeKeyStore).list(budgetName), systemClock.nowMillis()),
  };
};

export const healthLooksOf = (house: House<HealthEnv>): Readonly<Record<CheckName, Look>> => {
  const looks = looksFor(house);
  const entries = Object.entries(looks).map(([name, look]) => [name, logged(name, look)] as const);
  return Object.fromEntries(entries) as typeof looks;
};
