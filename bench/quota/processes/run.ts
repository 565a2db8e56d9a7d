/**
 * The budget under real processes: eight of them, DynamoDB and the simulator in others, five times the demand.
 * `npm run bench:quota-processes -- [--minutes 3] [--processes 8] [--demand 5] [--gate governor]
 * [--quiet-seconds 0]`: background calls begin so late, interactive ones at once.
 * The witness is the simulator's own log of arrivals.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { jainIndex, quantile } from '../figures.ts';
import { mostInAnyWindow } from '../simulate.ts';
import { tableNames } from './gates.ts';
import type { GateKind, WorkerReport, WorkerTask } from './messages.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    processes: { type: 'string', default: '8' },
    demand: { type: 'string', default: '5' },
    gate: { type: 'string' },
    'quiet-seconds': { type: 'string', default: '0' },
  },
});
const minutes = Number(values.minutes);
const processes = Number(values.processes);
const limit = 1_000;
const interactivePerSecond = 2;
const consumers = 5;

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const startServer = async (what: 'dynamodb' | 'simulator'): Promise<{ url: string; child: ChildProcess }> => {
  const child = fork(file('servers.ts'), [what]);
  const [url] = (await once(child, 'message')) as [string];
  return { url, child };
};

const createTable = async (endpoint: string, gate: GateKind): Promise<void> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  const keys = gate === 'governor' ? (['pk', 'sk'] as const) : (['key'] as const);
  await client.send(
    new CreateTableCommand({
      TableName: tableNames[gate],
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    }),
  );
  client.destroy();
};

const runWorker = async (task: WorkerTask): Promise<WorkerReport> => {
  const child = fork(file('worker.ts'));
  child.send(task);
  const [report] = (await once(child, 'message')) as [WorkerReport];
  return report;
};

const run = async (gate: GateKind) => {
  const [dynamo, upstream] = await Promise.all([startServer('dynamodb'), startServer('simulator')]);
  await createTable(dynamo.url, gate);
  const startMillis = Date.now() + 3_000;
  const endMillis = startMillis + minutes * 60_000;
  const perSecond = (limit / 60) * Number(values.demand);
  const task: WorkerTask = {
    gate,
    dynamoUrl: dynamo.url,
    upstreamUrl: upstream.url,
    limit,
    backgroundPerSecond: (perSecond - interactivePerSecond) / processes,
    interactivePerSecond: interactivePerSecond / processes,
    consumers,
    startMillis,
    quietMillis: Number(values['quiet-seconds']) * 1_000,
    endMillis,
  };
  const reports = await Promise.all(Array.from({ length: processes }, () => runWorker(task)));
  const answer = await fetch(`${upstream.url}/_control/arrivals`);
  const { arrivals } = (await answer.json()) as { arrivals: { atMillis: number }[] };
  for (const { child } of [dynamo, upstream]) child.disconnect();

  const calls = reports.flatMap((report) => report.calls);
  const sent = calls.filter(({ status }) => status !== undefined);
  const steady = arrivals.filter(({ atMillis }) => atMillis >= startMillis + 60_000 && atMillis < endMillis);
  const waits = (priority: string) =>
    sent.filter((call) => call.priority === priority).map(({ waitedMillis }) => waitedMillis);
  const interactive = waits('interactive');
  const background = waits('background');
  const writes = reports.reduce((total, { storeWrites }) => total + storeWrites, 0);
  const reads = reports.reduce((total, { storeReads }) => total + storeReads, 0);
  const details: Record<string, number> = {};
  for (const report of reports)
    for (const [name, value] of Object.entries(report.details)) details[name] = (details[name] ?? 0) + value;
  return {
    gate,
    processes,
    minutes,
    quietSeconds: Number(values['quiet-seconds']),
    calls: calls.length,
    sent: sent.length,
    mostInAnyMinute: mostInAnyWindow(arrivals),
    usedAfterFirstMinute: minutes > 1 ? steady.length / (limit * (minutes - 1)) : undefined,
    upstream429: sent.filter(({ status }) => status === 429).length,
    otherFailures: sent.filter(({ status }) => status !== 200 && status !== 429).length,
    interactive: {
      sent: interactive.length,
      refused: calls.filter(({ priority, status }) => priority === 'interactive' && status === undefined).length,
      waitMillis: { p50: quantile(interactive, 0.5), p99: quantile(interactive, 0.99), most: quantile(interactive, 1) },
    },
    background: {
      sent: background.length,
      waitMillis: { p50: quantile(background, 0.5), p99: quantile(background, 0.99) },
    },
    jain: jainIndex(
      Array.from(
        { length: consumers },
        (_, index) =>
          sent.filter(({ consumerId, priority }) => priority === 'background' && consumerId === `app-${index}`).length,
      ),
    ),
    writesPerSent: writes / sent.length,
    readsPerSent: reads / sent.length,
    /** The governor counts its writes that asked for no unit. What one that does not tell them apart has written beyond its sends. */
    writesPerRefused: (details.marks ?? Math.max(0, writes - sent.length)) / Math.max(1, calls.length - sent.length),
    details,
  };
};

const gates: readonly GateKind[] = values.gate ? [values.gate as GateKind] : ['governor', 'rate-limiter-flexible'];
for (const gate of gates) console.log(JSON.stringify(await run(gate), undefined, 2));
