/** Question: what does the cache save on a mix of reads, writes and edits behind its back, and what does it cost? */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createMemorySpill } from '../../shared/cache/adapters/spill.ts';
import { createAnswerCache } from '../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../shared/cache/plan-native.ts';
import { createSignalsFeed } from '../../shared/cache/sweep/signals-feed.ts';
import { createSweeper } from '../../shared/cache/sweep/sweep.ts';
import type { Forward } from '../../shared/native/exchange.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { createCacheTable } from '../cache/crowd.ts';
import { startDynamoProcess } from '../cache/dynamo-process.ts';
import { createMix, type Way } from '../cache/mix.ts';
import { startNginx } from '../cache/nginx.ts';
import { startTenant } from '../cache/tenant.ts';
import type { Column, Question, Result, RunOptions } from '../question.ts';
import { percentile } from '../support/statistics.ts';

export const question: Question = {
  name: 'cache',
  title: 'What the cache saves and costs',
  asks: 'How many upstream calls, stale reads and milliseconds does one mix of requests take straight, through nginx proxy_cache and through this cache, and how many DynamoDB requests?',
};

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const reads = new Set(['BatchGetCommand', 'GetCommand', 'QueryCommand']);
const sweepEveryMillis = 10_000;

/** Two instances of the cache on one table, and the sweep beside them. */
const startCache = async (tenant: Awaited<ReturnType<typeof startTenant>>) => {
  const dynamoDb = await startDynamoProcess();
  await createCacheTable(dynamoDb.url);
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamoDb.url, credentials });
  const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const counts = { reads: 0, writes: 0 };
  const send = (command: object): unknown => {
    counts[reads.has(command.constructor.name) ? 'reads' : 'writes'] += 1;
    return (dynamo.send as (command: object) => unknown).call(dynamo, command);
  };
  const counted = { send } as unknown as DynamoDBDocumentClient;
  const options = { tableName: 'cache', tenant: 'bench', spill: createMemorySpill(), clock: systemClock };
  const store = createDynamoCacheStore(counted, options);
  const quiet = createDynamoCacheStore(dynamo, options);
  const instances = [1, 2].map(() =>
    createAnswerCache({ store, clock: systemClock, plan: createNativePlanner(store) }),
  );
  const sweeper = createSweeper(quiet, createSignalsFeed(tenant.ask), systemClock);
  const sweep = (): void => void sweeper.run().catch(() => {});
  await sweeper.run();
  const timer = setInterval(sweep, sweepEveryMillis);
  let turn = 0;
  const way: Way = async (exchange) => {
    turn += 1;
    const forward: Forward = () => tenant.forward(exchange);
    const { answer, cacheStatus } = await (instances[turn % instances.length] as (typeof instances)[number]).answer(
      exchange,
      forward,
    );
    return { answer, isHit: cacheStatus.startsWith('hit') };
  };
  const close = async (): Promise<void> => {
    clearInterval(timer);
    client.destroy();
    await dynamoDb.close();
  };
  return { way, counts, close };
};

const columns: readonly Column[] = [
  { key: 'way', title: 'way' },
  { key: 'requests', title: 'requests' },
  { key: 'upstreamCalls', title: 'upstream calls' },
  { key: 'hitShare', title: 'hits of reads', digits: 3 },
  { key: 'afterWrite', title: 'reads older than own write' },
  { key: 'behind', title: 'reads older than an edit' },
  { key: 'oldestSeconds', title: 'oldest s', digits: 1 },
  { key: 'medianMillis', title: 'p50 ms', digits: 1 },
  { key: 'p99Millis', title: 'p99 ms', digits: 1 },
  { key: 'readsPerRequest', title: 'DynamoDB reads/request', digits: 2 },
  { key: 'writesPerRequest', title: 'DynamoDB writes/request', digits: 2 },
];

export const run = async ({ quick, progress }: RunOptions): Promise<Result> => {
  const requests = quick ? 300 : 20_000;
  const rows: Record<string, string | number>[] = [];
  const measure = async (
    name: string,
    way: Way,
    tenant: Awaited<ReturnType<typeof startTenant>>,
    counts?: { reads: number; writes: number },
  ) => {
    progress(name);
    const before = tenant.calls();
    const seen = await createMix(tenant, { requests, seed: 7, inFlight: 32 }).run(way);
    rows.push({
      way: name,
      requests,
      upstreamCalls: tenant.calls() - before,
      hitShare: seen.hits / seen.reads,
      afterWrite: seen.afterWrite,
      behind: seen.behind,
      oldestSeconds: seen.oldestMillis / 1_000,
      medianMillis: percentile(seen.millis, 0.5),
      p99Millis: percentile(seen.millis, 0.99),
      readsPerRequest: counts ? counts.reads / requests : 0,
      writesPerRequest: counts ? counts.writes / requests : 0,
    });
  };
  const latencyMillis = 120;
  const straight = await startTenant({ entities: 5_000, latencyMillis });
  await measure('straight', async (exchange) => ({ answer: await straight.forward(exchange), isHit: false }), straight);
  await straight.close();

  const behindNginx = await startTenant({ entities: 5_000, latencyMillis });
  const nginx = await startNginx(behindNginx.url);
  if (nginx) {
    await measure('nginx proxy_cache, 60 s', nginx.way, behindNginx);
    await nginx.close();
  } else progress('nginx is not installed: left out');
  await behindNginx.close();

  const behindCache = await startTenant({ entities: 5_000, latencyMillis });
  const cache = await startCache(behindCache);
  await measure('this cache, 2 instances', cache.way, behindCache, cache.counts);
  await cache.close();
  await behindCache.close();
  const calls = Object.fromEntries(rows.map(({ way, afterWrite }) => [`afterWrite ${way}`, Number(afterWrite)]));
  return {
    tables: [
      { name: 'mix', title: 'Zipf over 5,000 entities, 5 % writes, edits behind, 120 ms upstream', columns, rows },
    ],
    counts: calls,
  };
};
