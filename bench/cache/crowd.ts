/** A crowd that misses the same answer at the same time, over real processes that share an embedded DynamoDB. It may do so again and again. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createMemorySpill } from '../../shared/cache/adapters/spill.ts';
import { nameTag } from '../../shared/cache/tags.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { crowdTenant, type WorkerOrder, type WorkerReport } from './crowd-names.ts';

type RushOptions = {
  readonly requests: number;
  /** How long the upstream takes. */
  readonly upstreamMillis: number;
  /** Kill the process that asks the upstream first, while it waits. */
  readonly killLeader: boolean;
  /** A write on the record had an unknown outcome just before: nothing that was asked for earlier may be served. */
  readonly beingWritten?: boolean;
};
type CrowdResult = {
  readonly upstreamCalls: number;
  /** Calls that were on their way at the same time, at most. */
  readonly mostAtOnce: number;
  /** Requests of processes that lived, by verdict. */
  readonly verdicts: Readonly<Record<string, number>>;
  readonly answered: number;
  readonly expected: number;
};

const tableName = 'cache';

/** A table with the keys that every table of the facade has, ready for requests. */
export const createCacheTable = async (endpoint: string): Promise<void> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint, credentials });
  const key = (name: string, type: 'HASH' | 'RANGE') => ({ AttributeName: name, KeyType: type });
  const attribute = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      AttributeDefinitions: [attribute('pk'), attribute('sk')],
    }),
  );
  const isActive = async () =>
    (await client.send(new DescribeTableCommand({ TableName: tableName }))).Table?.TableStatus === 'ACTIVE';
  while (!(await isActive())) await sleep(5);
  client.destroy();
};

/** Marks the record as a write does whose outcome is unknown. */
const markAsWritten = async (endpoint: string, entity: string): Promise<void> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint, credentials });
  const store = createDynamoCacheStore(DynamoDBDocumentClient.from(client), {
    tableName,
    tenant: crowdTenant,
    spill: createMemorySpill(),
    clock: systemClock,
  });
  await store.beginWrite([nameTag(entity)], 'a-write', systemClock.nowMillis() + 125_000);
  client.destroy();
};

/** Counts its calls; the first caller is told to `onFirst`, and never answered when that says so. */
const startUpstream = async (entity: string, millis: number, onFirst: (pid: number) => boolean) => {
  let calls = 0;
  let airborne = 0;
  let mostAtOnce = 0;
  const server = http.createServer(async (request, response) => {
    calls += 1;
    const leaves = calls === 1 && onFirst(Number(request.headers['x-process']));
    if (leaves) return;
    airborne += 1;
    mostAtOnce = Math.max(mostAtOnce, airborne);
    await sleep(millis);
    airborne -= 1;
    response.writeHead(200, { 'content-type': 'application/vnd.api+json' });
    response.end(JSON.stringify({ data: { type: 'entity', id: `experiment:${entity}`, attributes: { call: calls } } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    mostAtOnce: () => mostAtOnce,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** The report of a process, or undefined when it was killed. */
const reportOf = (worker: ChildProcess): Promise<WorkerReport | undefined> =>
  new Promise((resolve) => {
    worker.once('message', (report) => resolve(report as WorkerReport));
    worker.once('exit', () => resolve(undefined));
  });

/** Splits the requests evenly over the processes that live and lets them all ask at once. */
const rush = async (
  workers: readonly ChildProcess[],
  dynamoUrl: string,
  entity: string,
  options: RushOptions,
): Promise<CrowdResult> => {
  if (options.beingWritten) await markAsWritten(dynamoUrl, entity);
  const upstream = await startUpstream(entity, options.upstreamMillis, (pid) => {
    if (options.killLeader) workers.find((worker) => worker.pid === pid)?.kill('SIGKILL');
    return options.killLeader;
  });
  try {
    const requests = Math.ceil(options.requests / workers.length);
    const reports = workers.map(reportOf);
    const order: WorkerOrder = {
      ...{ dynamoUrl, tableName, upstreamUrl: upstream.url },
      ...{ path: `/entities/experiment:${entity}`, requests },
      // Long if no process is killed, so that a leader on a busy machine does not count as lost.
      leaseMillis: options.killLeader ? 1_500 : 20_000,
    };
    for (const worker of workers) worker.send(order);
    const finished = (await Promise.all(reports)).filter((report) => report !== undefined);
    const verdicts: Record<string, number> = {};
    for (const report of finished) {
      for (const [verdict, count] of Object.entries(report)) verdicts[verdict] = (verdicts[verdict] ?? 0) + count;
    }
    const answered = Object.entries(verdicts).reduce(
      (sum, [verdict, count]) => sum + (verdict.startsWith('200 ') ? count : 0),
      0,
    );
    const [upstreamCalls, mostAtOnce] = [upstream.calls(), upstream.mostAtOnce()];
    return { upstreamCalls, mostAtOnce, verdicts, answered, expected: finished.length * requests };
  } finally {
    upstream.close();
  }
};

/** Starts as many processes on one embedded DynamoDB. Each rush is for another record. */
export const startCrowd = async (processes: number) => {
  const dynamo = await startDynamoDb({});
  await createCacheTable(dynamo.url);
  const workerFile = new URL('./crowd-worker.ts', import.meta.url);
  const workers = Array.from({ length: processes }, () =>
    fork(workerFile, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  let rushes = 0;
  return {
    rush: (options: RushOptions): Promise<CrowdResult> => {
      rushes += 1;
      const living = workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
      return rush(living, dynamo.url, `e${rushes}`, options);
    },
    async close(): Promise<void> {
      for (const worker of workers) worker.kill('SIGKILL');
      await dynamo.close();
    },
  };
};
