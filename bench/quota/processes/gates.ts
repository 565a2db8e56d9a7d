/** The two gates that are compared, each as one would use it, on clients that count what they send to the store. */
import { DynamoDB, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { RateLimiterDynamo } from 'rate-limiter-flexible';
import type { Priority } from '../../../shared/exchange/quota-profile.ts';
import { createDynamoQuotaStore } from '../../../shared/quota/adapters/dynamodb.ts';
import { createGovernor } from '../../../shared/quota/governor.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { systemTicker } from '../../../shared/quota/ticker.ts';
import type { WorkerTask } from './messages.ts';

export type Gate = {
  /** Resolves when the call may be sent, with a function to call after its answer; rejects if it is refused. */
  readonly admit: (consumerId: string, priority: Priority) => Promise<() => void>;
  readonly details: () => Readonly<Record<string, number>>;
};
export type StoreCount = { reads: number; writes: number };

export const tableNames = { governor: 'quota', 'rate-limiter-flexible': 'limiter' } as const;

const clientOptions = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
});

const countInto = <Client extends DynamoDBClient>(client: Client, count: StoreCount): Client => {
  client.middlewareStack.add(
    (next, context) => (args) => {
      if (/^Get/.test(String(context.commandName))) count.reads += 1;
      else count.writes += 1;
      return next(args);
    },
    { step: 'initialize' },
  );
  return client;
};

const governorGate = (task: WorkerTask, count: StoreCount): Gate => {
  const client = countInto(new DynamoDBClient(clientOptions(task.dynamoUrl)), count);
  const governor = createGovernor({
    store: createDynamoQuotaStore(client, tableNames.governor, 'signals'),
    ticker: systemTicker,
    policy: { ...defaultPolicy, limit: task.limit },
  });
  return {
    admit: async (consumerId, priority) => (await governor.admit({ consumerId, priority })).answered,
    details: () => ({
      ...governor.counts(),
      contradictions: governor.clock.contradictions(),
      uncertaintyMillis: Math.round(governor.clock.uncertaintyMillis()),
    }),
  };
};

/** One key for the tenant, in memory blocks once it is spent: the set-up that costs it the fewest writes. */
const flexibleGate = (task: WorkerTask, count: StoreCount): Gate => {
  const limiter = new RateLimiterDynamo({
    storeClient: countInto(new DynamoDB(clientOptions(task.dynamoUrl)), count),
    tableName: tableNames['rate-limiter-flexible'],
    tableCreated: true,
    ttlSet: true,
    points: task.limit,
    duration: 60,
    inMemoryBlockOnConsumed: task.limit,
  });
  return {
    admit: async () => {
      await limiter.consume('tenant');
      return () => {};
    },
    details: () => ({}),
  };
};

export const createGate = (task: WorkerTask, count: StoreCount): Gate =>
  task.gate === 'governor' ? governorGate(task, count) : flexibleGate(task, count);
