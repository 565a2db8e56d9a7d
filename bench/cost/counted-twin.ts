/** The whole twin, counted: what reaches DynamoDB, SQS, S3, KMS and the tenant, what the functions print, and how often they run. */
import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../local/gateway/lambda/worker.ts';
import { startFacade } from '../cache/facade.ts';
import { countInvocations } from '../exports/invocations.ts';
import { createTenant } from '../exports/tenant.ts';
import { type StoreCounts, startStoreProcess } from '../fanout/store-process.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { bytesOfLine } from './log-lines.ts';
import type { Operations } from './operations.ts';
import type { TemplateFacts } from './template-facts.ts';
import { billedMillis } from './time-model.ts';

/** Everything at one instant. */
type Counts = {
  readonly dynamo: StoreCounts;
  readonly sqs: StoreCounts;
  readonly s3: StoreCounts;
  readonly keyRequests: number;
  readonly tenantCalls: number;
  readonly lineBytes: number;
  readonly answers: number;
  readonly functions: ReturnType<ReturnType<typeof countInvocations>['read']>;
  /** Names of metrics with their dimensions. */
  readonly metrics: number;
};

const sumOf = (counts: StoreCounts, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (counts[name] ?? 0), 0);

const dynamoRequests = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'];

/** A batch is received, worked on and deleted. Receives that find nothing are those of an idle stage. */
const queueRequestsOf = (sqs: StoreCounts): number =>
  sumOf(sqs, ['SendMessage', 'SendMessageBatch']) +
  2 * sumOf(sqs, ['DeleteMessage', 'DeleteMessageBatch']) +
  sumOf(sqs, ['ChangeMessageVisibility', 'ChangeMessageVisibilityBatch']);

/** Each metric that a line of the embedded metric format has, with the values of its dimensions. */
const metricsIn = (line: string): string[] => {
  if (!line.includes('"CloudWatchMetrics"')) return [];
  const document = JSON.parse(line);
  type Directive = { Dimensions: string[][]; Metrics: { Name: string }[] };
  return (document._aws.CloudWatchMetrics as Directive[]).flatMap(({ Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name }) => JSON.stringify([Name, ...names.map((name) => [name, document[name]])])),
    ),
  );
};

const countLines = () => {
  let lineBytes = 0;
  const metrics = new Set<string>();
  const log: Log = ({ source, stream, line }) => {
    if (source === 'gateway' || source === 'alarms') return;
    lineBytes += bytesOfLine(line);
    if (stream === 'stdout') for (const name of metricsIn(line)) metrics.add(name);
  };
  return { log, lineBytes: () => lineBytes, metrics };
};

/** KMS runs in this process, and nothing else in it has requests to that service. */
const countKeys = () => {
  let requests = 0;
  const onRequest = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    if (String(request.headers['x-amz-target']).startsWith('TrentService.')) requests += 1;
  };
  diagnostics.subscribe('http.server.request.start', onRequest);
  return { read: () => requests, stop: () => diagnostics.unsubscribe('http.server.request.start', onRequest) };
};

/** Work in the background of an answer is over when nothing has been counted for so long. The longest batch of records waits 5 s. */
const quietMillis = 6_500;

export const startCountedTwin = async (facts: TemplateFacts, environment: Readonly<Record<string, string>>) => {
  const simulator = await startSimulatorProcess('--entities', '1500');
  const [dynamodb, sqs, s3] = await Promise.all([
    startStoreProcess('dynamodb', '.'),
    startStoreProcess('sqs'),
    startStoreProcess('s3'),
  ]);
  const invocations = countInvocations();
  const keys = countKeys();
  const lines = countLines();
  let answers = 0;
  const facade = await startFacade(simulator.url, {
    ...{ environment, stores: { dynamodb, sqs, s3 }, log: lines.log, runsSchedules: false, mostProcesses: 1 },
  });
  const tenant = createTenant(simulator.url);

  const read = async (): Promise<Counts> => ({
    ...{ dynamo: await dynamodb.counts(), sqs: await sqs.counts(), s3: await s3.counts() },
    ...{ keyRequests: keys.read(), tenantCalls: (await tenant.arrivals()).length },
    ...{ lineBytes: lines.lineBytes(), functions: invocations.read(), metrics: lines.metrics.size, answers },
  });
  const activity = ({ dynamo, functions, answers: sent }: Counts): string =>
    JSON.stringify([sumOf(dynamo, dynamoRequests), functions.of, sent]);

  let quiet: Counts | undefined;
  /** Waits until all that was begun has ended. @param isSure that nothing was begun since the last wait where nothing has been counted. */
  const settled = async (isSure: boolean): Promise<Counts> => {
    if (!isSure) quiet = undefined;
    for (let last = await read(); ; ) {
      if (quiet && activity(quiet) === activity(last)) return last;
      await sleep(quietMillis);
      const next = await read();
      if (activity(next) === activity(last)) quiet = next;
      last = next;
    }
  };

  const between = (before: Counts, after: Counts): Operations & { readonly invokedMillis: number } => {
    const less = (store: 'dynamo' | 'sqs' | 's3', count: (counts: StoreCounts) => number): number =>
      count(after[store]) - count(before[store]);
    const ran = Object.entries(after.functions.of).map(([name, { invocations: all, millis }]) => {
      const { invocations: first = 0, millis: since = 0 } = before.functions.of[name] ?? {};
      return { memoryMiB: facts.memoryOf(name), invocations: all - first, millis: millis - since };
    });
    const invoked = ran.reduce((sum, one) => sum + one.invocations, 0);
    const gateway = after.answers - before.answers;
    const storeRequests = less('dynamo', (counts) => sumOf(counts, dynamoRequests));
    const tenantCalls = after.tenantCalls - before.tenantCalls;
    const otherRequests =
      less('sqs', queueRequestsOf) +
      less('s3', (counts) => sumOf(counts, ['s3Write', 's3Read', 's3Free'])) +
      (after.keyRequests - before.keyRequests);
    const memoryMiB = ran.reduce((sum, one) => sum + one.memoryMiB * one.invocations, 0) / Math.max(1, invoked);
    const millis = billedMillis({ invocations: invoked, storeRequests, otherRequests, tenantCalls });
    return {
      ...{
        gatewayRequests: gateway,
        firewallRequests: facts.hasFirewall ? gateway : 0,
        traces: gateway * facts.tracedShare,
      },
      invocations: invoked,
      gigabyteSeconds: (memoryMiB / 1_024) * (millis / 1_000),
      readUnits: less('dynamo', ({ readUnits = 0 }) => readUnits),
      writeUnits: less('dynamo', ({ writeUnits = 0 }) => writeUnits),
      queueRequests: less('sqs', queueRequestsOf),
      s3Writes: less('s3', ({ s3Write = 0 }) => s3Write),
      s3Reads: less('s3', ({ s3Read = 0 }) => s3Read),
      keyRequests: after.keyRequests - before.keyRequests,
      checkpoints: after.functions.checkpoints - before.functions.checkpoints,
      logBytes: after.lineBytes - before.lineBytes + invoked * facts.platformBytes + gateway * facts.accessLineBytes,
      ...{ tenantCalls, storeRequests },
      invokedMillis: ran.reduce((sum, one) => sum + one.millis, 0),
    };
  };

  return {
    url: facade.way.url,
    gateway: facade.gateway,
    tenant,
    sqsUrl: sqs.url,
    /** One call over HTTP. @returns status, headers and text. */
    async call(method: string, path: string, options: CallOptions = {}) {
      answers += 1;
      const { key = 'demo-app', body, headers = {} } = options;
      const answer = await fetch(facade.way.url + path, {
        method,
        headers: { 'x-api-key': key, 'content-type': 'application/vnd.api+json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    },
    /** What `work` and all that follows from it makes, and what it returned. */
    async count<Value>(work: () => Promise<Value>) {
      const before = await settled(true);
      const value = await work();
      // A durable execution begins a moment after it was asked for.
      const after = await settled(false);
      return { value, made: between(before, after), tables: tablesBetween(before.dynamo, after.dynamo) };
    },
    metrics: () => [...lines.metrics],
    async close(): Promise<void> {
      invocations.stop();
      keys.stop();
      await facade.close();
      await simulator.stop();
    },
  };
};
export type CountedTwin = Awaited<ReturnType<typeof startCountedTwin>>;

export type CallOptions = {
  readonly key?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
};

/** How many tables were used. */
const tablesBetween = (before: StoreCounts, after: StoreCounts): number =>
  new Set(
    Object.entries(after).flatMap(([name, count]) =>
      name.includes(' ') && count > (before[name] ?? 0) ? [name.split(' ')[0]] : [],
    ),
  ).size;
