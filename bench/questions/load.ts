/** Question: what do the metrics say under a mixed load, and do memory and handles stay flat? `npm run bench:load -- --minutes 30`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createTenant } from '../exports/tenant.ts';
import { startStoreProcess } from '../fanout/store-process.ts';
import { type Api, subscribe } from '../fanout/subscribers.ts';
import {
  flatBytes,
  flatHandleShare,
  flatHandles,
  flatShare,
  judgeFlatness,
  type MemorySample,
} from '../load/flatness.ts';
import { type ActionCounts, addCapped, runMix } from '../load/mix.ts';
import { metricQueries, queueQueries } from '../load/shown-metrics.ts';
import { type ProcessSample, startTwinProcess, type TwinProcess } from '../load/twin-process.ts';
import type { Column, Question, Result, RunOptions, Table } from '../question.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';

export const question: Question = {
  name: 'load',
  title: 'A mixed load, and a soak',
  asks: 'What do the metrics of the facade say under reads, writes, pushes and exports, and do the memory and the handles of the gateway and of each function stay flat?',
};

/** Low enough that bursts of misses and the exports meet it, high enough that most calls do not. */
const limit = 300;
const capUnits = 60;
const defaultMinutes = 2;
const quickMinutes = 0.5;
const entities = 600;
const experimentsUsed = 60;
const subscriptions = 3;
/** A collection of garbage in each process takes some milliseconds. */
const sampleMillis = 10_000;
/** Until every instance has written the counts of its last minute. */
const settleMillis = 5_000;
const mebibyte = 1_048_576;

const actionColumns: readonly Column[] = [
  { key: 'action', title: 'action' },
  { key: 'answered', title: 'answered' },
  { key: 'refused', title: 'refused' },
  { key: 'failed', title: 'failed' },
  { key: 'failures', title: 'of these' },
  { key: 'medianMillis', title: 'p50 ms', digits: 0 },
  { key: 'p99Millis', title: 'p99 ms', digits: 0 },
];
const metricColumns: readonly Column[] = [
  { key: 'about', title: 'about' },
  { key: 'metric', title: 'metric' },
  { key: 'of', title: 'of' },
  { key: 'statistic', title: 'statistic' },
  { key: 'value', title: 'value' },
];
const memoryColumns: readonly Column[] = [
  { key: 'name', title: 'process' },
  { key: 'samples', title: 'samples' },
  { key: 'rssMebibytes', title: 'RSS MiB', digits: 1 },
  { key: 'secondMebibytes', title: 'kept, second third MiB', digits: 2 },
  { key: 'lastMebibytes', title: 'last third MiB', digits: 2 },
  { key: 'mebibytesPerHour', title: 'slope MiB/h', digits: 2 },
  { key: 'secondHandles', title: 'handles, second third' },
  { key: 'lastHandles', title: 'last third' },
  { key: 'verdict', title: 'verdict' },
];

/** Samples until it is stopped. */
const startSampling = (twin: TwinProcess) => {
  const of = new Map<string, MemorySample[]>();
  const stopped = Promise.withResolvers<'stop'>();
  const take = ({ pid, name, ...sample }: ProcessSample): void => {
    const key = `${name} ${pid}`;
    of.set(key, [...(of.get(key) ?? []), sample]);
  };
  const run = async (): Promise<void> => {
    for (;;) {
      for (const sample of await twin.ask('sample', null)) take(sample);
      if ((await Promise.race([stopped.promise, sleep(sampleMillis, 'go on' as const)])) === 'stop') return;
    }
  };
  const running = run();
  return {
    async stop() {
      stopped.resolve('stop');
      await running;
      return of;
    },
  };
};

const memoryRows = (samples: ReadonlyMap<string, readonly MemorySample[]>, fromMillis: number, untilMillis: number) =>
  [...samples]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, series]) => {
      const flatness = judgeFlatness(series, fromMillis, untilMillis);
      return {
        name: key.startsWith('gateway') ? 'gateway' : key.replace(/ \d+$/, ''),
        samples: flatness.samples,
        rssMebibytes: (series.at(-1)?.rssBytes ?? 0) / mebibyte,
        secondMebibytes: flatness.secondKeptBytes / mebibyte,
        lastMebibytes: flatness.lastKeptBytes / mebibyte,
        mebibytesPerHour: flatness.bytesPerHour / mebibyte,
        ...{ secondHandles: flatness.secondHandles, lastHandles: flatness.lastHandles, verdict: flatness.verdict },
      };
    });

/** Small ones, such as a cost in dollars, would be rounded to nothing. */
const shown = (value: number): string => String(Number(value.toFixed(value < 1 ? 6 : 2)));

const metricRows = async (twin: TwinProcess) => {
  const queries = [...metricQueries, ...queueQueries(await twin.ask('queueNames', null))];
  const values = await twin.ask(
    'statistics',
    queries.map(({ query }) => query),
  );
  const rows = queries.map(({ row }, index) => ({ ...row, value: values[index] ?? null }));
  const sampled = new Set(rows.filter(({ value }) => value !== null).map(({ metric }) => metric));
  const gaps = new Map(
    rows.filter(({ metric }) => !sampled.has(metric)).map((row) => [row.metric, { ...row, of: '' }]),
  );
  // A class, a cause or a queue without a sample says nothing. A metric without any is a gap, and is shown.
  return [...rows.filter(({ value }) => value !== null), ...gaps.values()].map(({ value, ...row }) => ({
    ...row,
    value: value === null ? 'no sample' : shown(value),
  }));
};

/** What runs once a day, so that its metrics have a sample. */
const runDailyOnes = async (twin: TwinProcess, progress: RunOptions['progress']): Promise<void> => {
  for (const name of ['keepalive', 'verifier', 'wake', 'pull'])
    await twin.ask('invoke', name).catch((error: Error) => progress(`${name}: ${error.message}`));
};

const measure = async (twin: TwinProcess, scene: Scene, minutes: number, progress: RunOptions['progress']) => {
  const sampling = startSampling(twin);
  const fromMillis = Date.now();
  progress(`${minutes} minutes of load`);
  const actions = await runMix({ ...scene, seconds: minutes * 60 });
  const samples = await sampling.stop();
  const untilMillis = Date.now();
  await runDailyOnes(twin, progress);
  await sleep(settleMillis);
  return { actions, memory: memoryRows(samples, fromMillis, untilMillis), metrics: await metricRows(twin) };
};

type Scene = Pick<Parameters<typeof runMix>[0], 'api' | 'capped' | 'tenant' | 'experiments' | 'sqs' | 'subscribers'>;

const setUp = async (twin: TwinProcess, tenantUrl: string, sqsUrl: string): Promise<Scene> => {
  const api: Api = { url: twin.url, key: 'demo-app' };
  const tenant = createTenant(tenantUrl);
  await tenant.pushTo(twin.url);
  const sqs = new SQSClient({
    ...{ endpoint: sqsUrl, region: 'us-east-1' },
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const kinds = Array.from({ length: subscriptions }, (_, index) =>
    index % 2 === 0 ? ('fifo' as const) : ('standard' as const),
  );
  return {
    ...{ api, tenant, sqs },
    capped: await addCapped({ url: twin.url, key: 'demo-admin' }, capUnits),
    experiments: await tenant.openExperiments(experimentsUsed),
    subscribers: await Promise.all(kinds.map((kind) => subscribe(api, kind, 'load'))),
  };
};

const sum = (rows: readonly ActionCounts[], member: 'answered' | 'refused' | 'failed'): number =>
  rows.reduce((total, row) => total + row[member], 0);

const toTables = ({ actions, memory, metrics }: Awaited<ReturnType<typeof measure>>): Table[] => [
  { name: 'actions', title: 'The load', columns: actionColumns, rows: actions },
  { name: 'metrics', title: 'What the metrics say', columns: metricColumns, rows: metrics },
  {
    name: 'memory',
    title: `Memory after a collection. Flat: the last third keeps at most ${flatShare * 100} % or ${flatBytes / mebibyte} MiB more than the second, and has at most ${flatHandles} handles or ${flatHandleShare * 100} % of them more`,
    columns: memoryColumns,
    rows: memory,
  },
];

export const run = async ({
  quick,
  progress,
  minutes = quick ? quickMinutes : defaultMinutes,
}: RunOptions): Promise<Result> => {
  const simulator = await startSimulatorProcess('--entities', String(entities));
  const [dynamodb, sqs, s3] = await Promise.all([
    startStoreProcess('dynamodb'),
    startStoreProcess('sqs'),
    startStoreProcess('s3'),
  ]);
  const stores = { dynamodb: dynamodb.url, sqs: sqs.url, s3: s3.url };
  try {
    const twin = await startTwinProcess({ tenantUrl: simulator.url, limit, stores });
    try {
      const scene = await setUp(twin, simulator.url, sqs.url);
      const measured = await measure(twin, scene, minutes, progress);
      const { actions, memory } = measured;
      const ofVerdict = (verdict: string): number => memory.filter((row) => row.verdict === verdict).length;
      return {
        tables: toTables(measured),
        counts: {
          ...{ answered: sum(actions, 'answered'), refused: sum(actions, 'refused'), failed: sum(actions, 'failed') },
          ...{ processes: memory.length, flat: ofVerdict('flat'), notFlat: ofVerdict('not flat') },
        },
      };
    } finally {
      await twin.end();
    }
  } finally {
    await Promise.all([dynamodb.close(), sqs.close(), s3.close(), simulator.stop()]);
  }
};
