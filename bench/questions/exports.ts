/** Question: are 200 experiments that are closed within a minute all archived while the quota is busy, at what cost, and who notices? */
import { setTimeout as sleep } from 'node:timers/promises';
import { variables } from '../../shared/config/names.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { perMillion } from '../../shared/usage/list-prices.ts';
import { startFacade } from '../cache/facade.ts';
import { countInvocations, type FunctionCounts } from '../exports/invocations.ts';
import { runPollingScript } from '../exports/polling-script.ts';
import { type Arrival, busiestMinute, createTenant, exportCalls, type Tenant } from '../exports/tenant.ts';
import { type Demand, type DemandReport, runDemand } from '../fairness/demand.ts';
import { type CountedStore, type StoreCounts, startStoreProcess } from '../fanout/store-process.ts';
import { type Api, ask } from '../fanout/subscribers.ts';
import type { Column, Question, Result, RunOptions } from '../question.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { percentile } from '../support/statistics.ts';

export const question: Question = {
  name: 'exports',
  title: '200 experiments closed within a minute',
  asks: 'Are all of them archived while the quota is busy, is the ceiling of the tenant kept, what do interactive callers notice beside their figures alone, and what does an archived PDF cost beside a script that polls?',
};

/** Small enough that the closings and the interactive callers together want more than the tenant allows. */
const ceiling = 600;
/** `mostMillis`: four at a time need 8 minutes for 200. What no push has brought is pulled every five minutes. */
const sizes = {
  full: { closings: 200, perSecond: 5, aloneSeconds: 40, scripted: 12, entities: 1_500, mostMillis: 900_000 },
  quick: { closings: 8, perSecond: 2, aloneSeconds: 10, scripted: 4, entities: 100, mostMillis: 420_000 },
} as const;
/** The closings are spread over this share of a minute. */
const closingSeconds = 50;
const pollMillis = 2_000;
/** Each page is asked for once, so that each call is one of the tenant. */
const missesFrom = (start: number): string =>
  `${signalsBasePath}/entities?includeTypes=experiment&page[limit]=1&page[offset]=${start}{n}`;

const callerColumns: readonly Column[] = [
  { key: 'situation', title: 'interactive callers' },
  { key: 'answered', title: 'answered' },
  { key: 'refused', title: 'refused' },
  { key: 'failed', title: 'failed' },
  { key: 'medianMillis', title: 'p50 ms', digits: 0 },
  { key: 'p99Millis', title: 'p99 ms', digits: 0 },
];
const burstColumns: readonly Column[] = [
  { key: 'closings', title: 'closings' },
  { key: 'archived', title: 'archived' },
  { key: 'firstSeconds', title: 'first after s', digits: 1 },
  { key: 'halfSeconds', title: 'half after s', digits: 1 },
  { key: 'allSeconds', title: 'all after s', digits: 1 },
  { key: 'busiest', title: 'most sends in 60 s' },
  { key: 'ceiling', title: 'ceiling' },
];
const costColumns: readonly Column[] = [
  { key: 'way', title: 'for each PDF' },
  { key: 'upstreamCalls', title: 'calls to the tenant', digits: 2 },
  { key: 'invocations', title: 'invocations', digits: 1 },
  { key: 'lambdaMillis', title: 'Lambda ms', digits: 0 },
  { key: 'checkpoints', title: 'checkpoints', digits: 1 },
  { key: 's3Requests', title: 'S3 requests', digits: 1 },
  { key: 'writeUnits', title: 'DynamoDB write units', digits: 1 },
  { key: 'readUnits', title: 'read units', digits: 1 },
  { key: 'dollars', title: 'US$ for 1,000', digits: 3 },
];

const callerRow = (situation: string, { millis, statuses }: DemandReport) => ({
  situation,
  answered: millis.length,
  refused: statuses[429] ?? 0,
  failed: Object.entries(statuses).reduce(
    (sum, [status, count]) => (/^(200|429)$/.test(status) ? sum : sum + count),
    0,
  ),
  medianMillis: percentile(millis, 0.5),
  p99Millis: percentile(millis, 0.99),
});

type Scene = {
  readonly api: Api;
  readonly tenant: Tenant;
  readonly dynamo: CountedStore;
  readonly s3: CountedStore;
  readonly invocations: ReturnType<typeof countInvocations>;
  readonly close: () => Promise<void>;
};

const startScene = async (entities: number): Promise<Scene> => {
  const simulator = await startSimulatorProcess('--entities', String(entities));
  const [dynamo, sqs, s3] = await Promise.all([
    startStoreProcess('dynamodb', 'Exports|Archive'),
    startStoreProcess('sqs'),
    startStoreProcess('s3'),
  ]);
  const invocations = countInvocations();
  const facade = await startFacade(simulator.url, {
    environment: { [variables.tenantRequestsPerMinute]: String(ceiling) },
    stores: { dynamodb: dynamo, sqs, s3 },
  });
  const tenant = createTenant(simulator.url);
  await tenant.pushTo(facade.way.url);
  const close = async (): Promise<void> => {
    invocations.stop();
    await facade.close();
    await simulator.stop();
  };
  return { api: facade.way, tenant, dynamo, s3, invocations, close };
};

type Entry = { readonly entity: string; readonly archivedAt: string };

/** What the archive has, as a client follows it. */
const createFollower = (api: Api) => {
  const entries = new Map<string, Entry>();
  let last = '0';
  return {
    entries,
    async read(): Promise<number> {
      for (;;) {
        const page = await ask(api, 'GET', `/v1/archive?filter[after]=${last}&page[limit]=100`);
        for (const { id, attributes } of page) entries.set(id, attributes);
        last = page.at(-1)?.id ?? last;
        if (page.length < 100) return entries.size;
      }
    },
  };
};

const demandOf = ({ url }: Api, start: number, seconds: number, perSecond: number): Demand => ({
  ...{ url, key: 'demo-reader', path: missesFrom(start), seconds, perSecond },
});

/** Closes experiments at an even rate. @returns when the first was closed. */
const closeAll = async ({ close }: Tenant, experiments: readonly string[]): Promise<number> => {
  const sinceMillis = Date.now();
  for (const [index, eid] of experiments.entries()) {
    await sleep(Math.max(0, sinceMillis + (index * closingSeconds * 1_000) / experiments.length - Date.now()));
    await close(eid);
  }
  return sinceMillis;
};

const untilArchived = async (
  read: () => Promise<number>,
  wanted: number,
  endMillis: number,
  progress: RunOptions['progress'],
): Promise<void> => {
  for (let told = 0; ; ) {
    const archived = await read();
    if (archived >= wanted || Date.now() > endMillis) return;
    if (archived >= told + 20) {
      told = archived;
      progress(`${archived} archived`);
    }
    await sleep(pollMillis);
  }
};

type Counted = { readonly dynamo: StoreCounts; readonly s3: StoreCounts; readonly functions: FunctionCounts };

const countsOf = async ({ dynamo, s3, invocations }: Scene): Promise<Counted> => ({
  ...{ dynamo: await dynamo.counts(), s3: await s3.counts(), functions: invocations.read() },
});

const less = (after: StoreCounts, before: StoreCounts, name: string): number =>
  (after[name] ?? 0) - (before[name] ?? 0);

/** Of the functions that only exports and the archive use. */
const ownFunctions = /jobs|archiver/i;
const gigabytes = 0.5;

const functionsBetween = (before: FunctionCounts, after: FunctionCounts) => {
  const names = Object.keys(after.of).filter((name) => ownFunctions.test(name));
  const sum = (member: 'invocations' | 'millis'): number =>
    names.reduce((all, name) => all + (after.of[name]?.[member] ?? 0) - (before.of[name]?.[member] ?? 0), 0);
  return {
    ...{ invocations: sum('invocations'), millis: sum('millis') },
    checkpoints: after.checkpoints - before.checkpoints,
  };
};

const million = 1_000_000;

const costRow = (before: Counted, after: Counted, calls: number, pdfs: number) => {
  const { invocations, millis, checkpoints } = functionsBetween(before.functions, after.functions);
  const of = (store: 'dynamo' | 's3', name: string): number => less(after[store], before[store], name);
  const [writeUnits, readUnits] = [of('dynamo', 'writeUnits'), of('dynamo', 'readUnits')];
  const [s3Write, s3Read] = [of('s3', 's3Write'), of('s3', 's3Read')];
  const dollars =
    (writeUnits * perMillion.writeUnit +
      readUnits * perMillion.readUnit +
      s3Write * perMillion.s3Write +
      s3Read * perMillion.s3Read +
      invocations * perMillion.lambdaRequest +
      (millis / 1_000) * gigabytes * perMillion.gigabyteSecond +
      checkpoints * perMillion.durableOperation) /
    million;
  return {
    way: 'archive',
    ...{ upstreamCalls: calls / pdfs, invocations: invocations / pdfs, lambdaMillis: millis / pdfs },
    ...{ checkpoints: checkpoints / pdfs, s3Requests: (s3Write + s3Read + of('s3', 's3Free')) / pdfs },
    ...{ writeUnits: writeUnits / pdfs, readUnits: readUnits / pdfs, dollars: (dollars * 1_000) / pdfs },
  };
};

const secondsUntil = (entries: readonly Entry[], sinceMillis: number, share: number): number => {
  const after = entries.map(({ archivedAt }) => (Date.parse(archivedAt) - sinceMillis) / 1_000);
  return percentile(after, share);
};

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const scriptRow = async ({ tenant }: Scene, experiments: readonly string[]) => {
  await tenant.limit(null);
  await tenant.forgetArrivals();
  const { length } = await runPollingScript(tenant, experiments);
  const calls = sumOf(exportCalls(await tenant.arrivals()));
  return {
    way: 'polling script',
    ...{ upstreamCalls: calls / length, invocations: 0, lambdaMillis: 0, checkpoints: 0 },
    ...{ s3Requests: 0, writeUnits: 0, readUnits: 0, dollars: 0 },
  };
};

const burstRow = (entries: readonly Entry[], closings: number, sinceMillis: number, arrivals: readonly Arrival[]) => ({
  ...{ closings, archived: entries.length },
  firstSeconds: secondsUntil(entries, sinceMillis, 0),
  halfSeconds: secondsUntil(entries, sinceMillis, 0.5),
  allSeconds: secondsUntil(entries, sinceMillis, 1),
  ...{ busiest: busiestMinute(arrivals), ceiling },
});

const measure = async (scene: Scene, { quick, progress }: RunOptions): Promise<Result> => {
  const { closings, perSecond, aloneSeconds, scripted, mostMillis } = sizes[quick ? 'quick' : 'full'];
  const { api, tenant } = scene;
  const experiments = await tenant.openExperiments(closings + scripted);
  const closed = experiments.slice(0, closings);
  const follower = createFollower(api);
  await follower.read();
  progress('interactive callers alone');
  await tenant.limit(ceiling);
  const alone = await runDemand(demandOf(api, 1, aloneSeconds, perSecond));

  progress(`${closings} closings in ${closingSeconds} s`);
  await tenant.forgetArrivals();
  const before = await countsOf(scene);
  const beside = runDemand(demandOf(api, 2, closingSeconds + aloneSeconds, perSecond));
  const sinceMillis = await closeAll(tenant, closed);
  await untilArchived(follower.read, closings, sinceMillis + mostMillis, progress);
  const besides = await beside;
  const after = await countsOf(scene);
  const arrivals = await tenant.arrivals();
  const entries = [...follower.entries.values()];
  const calls = exportCalls(arrivals);

  progress('a polling script');
  const script = await scriptRow(scene, experiments.slice(closings));
  const archived = new Set(entries.map(({ entity }) => entity));
  return {
    tables: [
      {
        name: 'burst',
        title: `Closings within a minute, ceiling of ${ceiling} calls a minute`,
        columns: burstColumns,
        rows: [burstRow(entries, closings, sinceMillis, arrivals)],
      },
      {
        name: 'callers',
        title: `Interactive callers, ${perSecond} calls a second that no cache answers`,
        columns: callerColumns,
        rows: [callerRow('alone', alone), callerRow('beside the closings', besides)],
      },
      {
        name: 'cost',
        title: 'An archived PDF, by the prices in shared/usage/list-prices.ts',
        columns: costColumns,
        rows: [costRow(before, after, sumOf(calls), entries.length), script],
      },
    ],
    counts: {
      ...{ closings, archived: entries.length, missing: closed.filter((eid) => !archived.has(eid)).length },
      ...{ aboveCeiling: Math.max(0, busiestMinute(arrivals) - ceiling), ...calls },
    },
  };
};

export const run = async (options: RunOptions): Promise<Result> => {
  const scene = await startScene(sizes[options.quick ? 'quick' : 'full'].entities);
  try {
    return await measure(scene, options);
  } finally {
    await scene.close();
  }
};
