/** One instance of a crowd: a process that carries out orders. For each it has a new cache on the shared table, and requests one entry many times at once. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createMemorySpill } from '../../shared/cache/adapters/spill.ts';
import { createAnswerCache } from '../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../shared/cache/plan-native.ts';
import type { Exchange, NativeAnswer } from '../../shared/exchange/exchange.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';
import { crowdTenant, type WorkerOrder, type WorkerReport } from './crowd-names.ts';

const silent = { trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const run = async ({
  dynamoUrl,
  tableName,
  upstreamUrl,
  path,
  requests,
  leaseMillis,
}: WorkerOrder): Promise<WorkerReport> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamoUrl, credentials, logger: silent });
  const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const upstream = createSignalsUpstream(upstreamUrl);
  const options = { tableName, tenant: crowdTenant, spill: createMemorySpill(), clock: systemClock };
  const store = createDynamoCacheStore(dynamo, options);
  const flight = { leaseMillis };
  const cache = createAnswerCache({ store, clock: systemClock, plan: createNativePlanner(store), flight });
  const transport = createNodeHttpTransport();
  const deadlineMillis = Date.now() + 60_000;
  const request = {
    requestId: '',
    method: 'GET',
    path,
    query: [],
    headers: [],
    body: undefined,
    publicUrl: '',
    deadlineMillis,
  };
  const exchange: Exchange = {
    ...upstream.catalogue.match('GET', path),
    request,
    upstream,
    consumer: { id: 'crowd', scopes: ['*:*'], state: 'active' },
    principal: 'service:signals',
    target: signalsBasePath + path,
  };
  const forward = (): Promise<NativeAnswer> =>
    transport.send({
      origin: upstreamUrl,
      method: 'GET',
      target: exchange.target,
      headers: [['x-process', String(process.pid)]],
      body: undefined,
      firstByteMillis: 30_000,
      answerByMillis: deadlineMillis,
    });
  const report: Record<string, number> = {};
  const ask = async (): Promise<void> => {
    const verdict = await cache.answer(exchange, forward).then(
      ({ answer, cacheStatus }) => `${answer.status} ${cacheStatus.replace(/; ttl=-?\d+/, '')}`,
      (error: Error) => `error ${error.message}`,
    );
    report[verdict] = (report[verdict] ?? 0) + 1;
  };
  await Promise.all(Array.from({ length: requests }, ask));
  transport.close();
  client.destroy();
  return report;
};

process.on('message', async (order: WorkerOrder) => {
  process.send?.(await run(order));
});
process.send?.('ready');
