/** What the deep health check looks at. */
import { defaultPolicy } from '../../shared/cache/policy.ts';
import { sweepHealth, sweepLagMillis } from '../../shared/cache/sweep/sweep.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { backgroundProfile } from '../../shared/exchange/quota-profile.ts';
import { createDynamoHealthStore } from '../../shared/health/adapters/dynamodb.ts';
import { countMessages } from '../../shared/health/adapters/sqs.ts';
import type { CheckName, Finding, Look } from '../../shared/health/health.ts';
import { judgeHook, judgeKeys, judgeQueues, judgeSweep } from '../../shared/health/looks.ts';
import { createUpstreamLook } from '../../shared/health/upstream-health.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/logger.ts';
import type { House } from '../house.ts';
import { purgedStoreOf } from './cache.ts';
import { serviceKeysOf, vaultOf } from './credentials.ts';
import { dynamoOf } from './dynamo.ts';
import type { HealthEnv } from './env.ts';
import { readHookHeaderOf } from './notifications.ts';
import { budgetName, quotaStoreOf } from './quota.ts';
import { sqsOf } from './sqs.ts';
import { callAs } from './upstream.ts';

export const healthStoreOf = (house: House<HealthEnv>) =>
  createDynamoHealthStore(dynamoOf(house, 'brief'), house.env.REQUESTS_TABLE);

/** The smallest read that needs a key. @returns its status; 0 = no answer came. */
const probe = async (house: House<HealthEnv>): Promise<number> => {
  const caller = callAs(house, 'health-probe', backgroundProfile, serviceKeysOf(house));
  try {
    return (await caller.read('/profiles/me')).status;
  } catch (error) {
    const isUpstream = error instanceof AppError && error.code.startsWith('UPSTREAM_');
    if (!isUpstream) throw error;
    return 0;
  }
};

const lookAtSweep = async (house: House<HealthEnv>): Promise<Finding> => {
  if (house.env.CACHE === 'off') return judgeSweep(undefined);
  const { sweep } = await purgedStoreOf(house).read(undefined, []);
  const nowMillis = systemClock.nowMillis();
  const boundMillis = defaultPolicy.boundMillis - defaultPolicy.clockSkewMillis;
  return judgeSweep({ state: sweepHealth(sweep, nowMillis, boundMillis), lagMillis: sweepLagMillis(sweep, nowMillis) });
};

const lookAtQueues = async (house: House<HealthEnv>): Promise<Finding> => {
  const { env } = house;
  const client = sqsOf(house, 'brief');
  const depth = async (name: string, url: string, deadUrl: string) => {
    const [waiting, dead] = await Promise.all([countMessages(client, url), countMessages(client, deadUrl)]);
    return { name, waiting, dead };
  };
  return judgeQueues(
    await Promise.all([
      depth('ingress', env.INGRESS_QUEUE_URL, env.INGRESS_DEAD_LETTERS_URL),
      depth('replays', env.REPLAYS_QUEUE_URL, env.REPLAYS_DEAD_LETTERS_URL),
    ]),
  );
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
      await Promise.all([store.readStates(), quotaStoreOf(house).read()]);
      return { state: 'ok', reason: 'The tables of requests and of the quota answer.' };
    },
    queues: () => lookAtQueues(house),
    upstream: createUpstreamLook(store, systemClock, () => probe(house)),
    sweep: () => lookAtSweep(house),
    hook: async () => judgeHook((await readHookHeaderOf(house)()) !== undefined),
    credentials: async () => judgeKeys(await vaultOf(house).keys.list(budgetName), systemClock.nowMillis()),
  };
};

export const healthLooksOf = (house: House<HealthEnv>): Readonly<Record<CheckName, Look>> => {
  const looks = looksFor(house);
  const entries = Object.entries(looks).map(([name, look]) => [name, logged(name, look)] as const);
  return Object.fromEntries(entries) as typeof looks;
};
