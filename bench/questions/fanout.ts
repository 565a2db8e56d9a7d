/** Question: how fast and how dear is it to send an event to its subscribers, and what does a replay beside it change? */
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Log } from '../../local/gateway/lambda/worker.ts';
import { variables } from '../../shared/config/names.ts';
import { perMillion } from '../../shared/usage/list-prices.ts';
import { startFacade } from '../cache/facade.ts';
import { seedLedger } from '../fanout/seed-ledger.ts';
import { type CountedStore, type StoreCounts, startStoreProcess } from '../fanout/store-process.ts';
import { type Api, ask, collect, type Deliveries, type Subscriber, subscribe } from '../fanout/subscribers.ts';
import { type PushPlan, pushEvents } from '../fanout/tenant.ts';
import type { Column, Question, Result, RunOptions, Table } from '../question.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { percentile } from '../support/statistics.ts';

export const question: Question = {
  name: 'fanout',
  title: 'Fan-out of events to queues',
  asks: 'How many events a second reach 1, 20 and 200 subscriptions, how long does each take from its push to the queue, what does it cost, and does a replay of 100,000 events delay the live events of another subscription?',
};

const sizes = { full: [1, 20, 200], quick: [1, 4] } as const;
/** Pushes a second: with more subscriptions fewer, so that two cores with the embedded SQS keep up, and times are not those of a queue before it. */
const perSecondAt = (subscriptions: number): number => (subscriptions > 50 ? 1 : 2);
const perSecond = 2;
const replayedCount = { full: 100_000, quick: 500 } as const;
const day = 86_400_000;

type Row = Record<string, string | number>;

const speedColumns: readonly Column[] = [
  { key: 'subscriptions', title: 'subscriptions' },
  { key: 'load', title: 'pushes' },
  { key: 'events', title: 'events' },
  { key: 'deliveries', title: 'deliveries' },
  { key: 'medianMillis', title: 'push to queue p50 ms', digits: 0 },
  { key: 'p99Millis', title: 'p99 ms', digits: 0 },
  { key: 'eventsPerSecond', title: 'events/s', digits: 1 },
  { key: 'deliveriesPerSecond', title: 'deliveries/s', digits: 0 },
];
const costColumns: readonly Column[] = [
  { key: 'subscriptions', title: 'subscriptions' },
  { key: 'load', title: 'pushes' },
  { key: 'writeUnits', title: 'write units/event', digits: 2 },
  { key: 'goal', title: 'goal', digits: 1 },
  { key: 'readUnits', title: 'read units/event', digits: 2 },
  { key: 'dynamoRequests', title: 'DynamoDB requests/event', digits: 2 },
  { key: 'dynamoPerDelivery', title: 'per delivery', digits: 2 },
  { key: 'sqsRequests', title: 'SQS requests/event', digits: 2 },
  { key: 'sqsPerDelivery', title: 'per delivery', digits: 2 },
];
const priceColumns: readonly Column[] = [
  { key: 'subscriptions', title: 'subscriptions' },
  { key: 'dynamo', title: 'DynamoDB', digits: 2 },
  { key: 'sqs', title: 'SQS', digits: 2 },
  { key: 'facade', title: 'both, a million events', digits: 2 },
  { key: 'facadePerDelivery', title: 'a million deliveries', digits: 3 },
  { key: 'sns', title: 'SNS to SQS', digits: 2 },
  { key: 'eventBridge', title: 'EventBridge to SQS', digits: 2 },
];
const replayColumns: readonly Column[] = [
  { key: 'beside', title: 'live events' },
  { key: 'deliveries', title: 'deliveries' },
  { key: 'medianMillis', title: 'push to queue p50 ms', digits: 0 },
  { key: 'p99Millis', title: 'p99 ms', digits: 0 },
  { key: 'replayedPerSecond', title: 'of the replay, events/s', digits: 0 },
];

const readTargets = ['GetItem', 'BatchGetItem', 'Query', 'Scan'];
const writeTargets = ['PutItem', 'UpdateItem', 'DeleteItem'];
const sendTargets = ['SendMessage', 'SendMessageBatch'];
const receiveTargets = ['ReceiveMessage', 'DeleteMessageBatch', 'ChangeMessageVisibility'];

const sumOf = (counts: StoreCounts, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
const minus = (after: StoreCounts, before: StoreCounts): StoreCounts =>
  Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]));

const speedOf = ({ millis, spanMillis }: Deliveries, events: number) => ({
  events,
  deliveries: millis.length,
  medianMillis: percentile(millis, 0.5),
  p99Millis: percentile(millis, 0.99),
  eventsPerSecond: (events * 1_000) / spanMillis,
  deliveriesPerSecond: (millis.length * 1_000) / spanMillis,
});

const costOf = (dynamo: StoreCounts, sqs: StoreCounts, events: number, subscriptions: number) => {
  const dynamoRequests = sumOf(dynamo, [...readTargets, ...writeTargets]) / events;
  const sqsRequests = sumOf(sqs, [...sendTargets, ...receiveTargets]) / events;
  return {
    writeUnits: (dynamo.writeUnits ?? 0) / events,
    goal: 4 + subscriptions / 10,
    readUnits: (dynamo.readUnits ?? 0) / events,
    dynamoRequests,
    dynamoPerDelivery: dynamoRequests / subscriptions,
    sqsRequests,
    sqsPerDelivery: sqsRequests / subscriptions,
  };
};

/** Half of the queues are FIFO, the others fair ones: so is what they cost. */
const fanOutRequest = (perMillion.fifoRequest + perMillion.standardRequest + perMillion.fairSurcharge) / 2;

const priceOf = ({ writeUnits, readUnits, sqsRequests }: ReturnType<typeof costOf>, subscriptions: number): Row => {
  const dynamo = writeUnits * perMillion.writeUnit + readUnits * perMillion.readUnit;
  const sqs = sqsRequests * fanOutRequest;
  return {
    ...{ subscriptions, dynamo, sqs, facade: dynamo + sqs },
    ...{ facadePerDelivery: (dynamo + sqs) / subscriptions },
    ...{ sns: perMillion.snsPublish, eventBridge: perMillion.eventBridgeEvent },
  };
};

type Scene = {
  readonly api: Api;
  readonly sqs: SQSClient;
  readonly dynamoStore: CountedStore;
  readonly sqsStore: CountedStore;
  readonly subscribers: readonly Subscriber[];
};

/** Counts until the dispatcher has removed its work from the ingress. */
const restMillis = 1_500;

const measure = async (scene: Scene, plan: PushPlan) => {
  const { dynamoStore, sqsStore, subscribers } = scene;
  const before = [await dynamoStore.counts(), await sqsStore.counts()] as const;
  const pushed = await pushEvents(scene.api.url, plan);
  const deliveries = await collect(scene.sqs, subscribers, pushed);
  await sleep(restMillis);
  const after = [await dynamoStore.counts(), await sqsStore.counts()] as const;
  return { events: pushed.size, deliveries, dynamo: minus(after[0], before[0]), sqs: minus(after[1], before[1]) };
};

const live = 'live';
const replayed = 'replayed';

/** A subscription to live events, alone and beside another one's replay. */
const replayRows = async (scene: Scene, environment: Record<string, string>, { quick, progress }: RunOptions) => {
  const { api, sqs, subscribers } = scene;
  const count = quick ? replayedCount.quick : replayedCount.full;
  const liveCount = perSecond * (quick ? 2 : 12);
  progress(`${count} events into the ledger`);
  const endpoint = scene.dynamoStore.url;
  const dynamo = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: sqs.config.credentials });
  const untilMillis = Date.now() - day;
  const fromMillis = untilMillis - 25 * day;
  const table = environment[variables.notificationsTable] ?? '';
  await seedLedger(dynamo, table, { count, entityType: replayed, fromMillis, untilMillis }, progress);
  dynamo.destroy();
  const other = await subscribe(api, 'standard', replayed);
  const rows: Row[] = [];
  const row = async (beside: string, read?: () => Promise<number>): Promise<void> => {
    progress(`live events ${beside}`);
    const [begun, sinceMillis] = [(await read?.()) ?? 0, performance.now()];
    const pushed = await pushEvents(api.url, { count: liveCount, perSecond, entityType: live });
    const { millis } = await collect(sqs, subscribers, pushed);
    const replayedPerSecond = read ? (((await read()) - begun) * 1_000) / (performance.now() - sinceMillis) : 0;
    const figures = { medianMillis: percentile(millis, 0.5), p99Millis: percentile(millis, 0.99) };
    rows.push({ beside, deliveries: millis.length, ...figures, replayedPerSecond });
  };
  await row('alone');
  const attributes = { from: new Date(fromMillis).toISOString(), until: new Date(untilMillis + 1).toISOString() };
  const { id } = await ask(api, 'POST', `/v1/subscriptions/${other.id}/replays`, { type: 'replay', attributes });
  const read = async () => (await ask(api, 'GET', `/v1/subscriptions/${other.id}/replays/${id}`)).attributes;
  await row(`beside the counting of ${count}`, async () => (await read()).matching);
  await counted(read, progress);
  await row(`beside the sending of ${count}`, async () => (await read()).sent);
  const { state, matching, sent } = await read();
  await ask(api, 'DELETE', `/v1/subscriptions/${other.id}`);
  return {
    rows,
    counts: { replayMatching: matching, replaySentMeanwhile: sent, replayIsDone: Number(state === 'done') },
  };
};

const tellMillis = 10_000;

/** The sending begins when all are counted. @throws when it takes longer than a run of the bench may. */
const counted = async (
  read: () => Promise<{ readonly state: string; readonly matching: number }>,
  progress: RunOptions['progress'],
): Promise<void> => {
  const sinceMillis = performance.now();
  let told = sinceMillis;
  for (;;) {
    const { state, matching } = await read();
    if (state !== 'counting') return;
    if (performance.now() - sinceMillis > mostCountingMillis)
      throw new Error(`${matching} events were counted in ${mostCountingMillis / 60_000} minutes`);
    if (performance.now() - told >= tellMillis) {
      told = performance.now();
      progress(`${matching} counted`);
    }
    await sleep(500);
  }
};
const mostCountingMillis = 300_000;

/** Sums of the functions' own metrics, by name. */
const countMetrics = () => {
  const sums: Record<string, number> = {};
  const log: Log = ({ line }) => {
    for (const name of notSentAtOnce) {
      const found = new RegExp(`"${name}":(\\d+)`).exec(line);
      if (found) sums[name] = (sums[name] ?? 0) + Number(found[1]);
    }
  };
  return { log, read: (): StoreCounts => ({ ...sums }) };
};
const notSentAtOnce = ['DeliveriesPending', 'DeliveriesUnknown', 'DeliveriesRepeated'] as const;

const startScene = async () => {
  const metrics = countMetrics();
  const tenant = await startSimulatorProcess();
  const [dynamoStore, sqsStore] = await Promise.all([startStoreProcess('dynamodb'), startStoreProcess('sqs')]);
  const facade = await startFacade(tenant.url, {
    environment: { [variables.subscriptionsPerConsumer]: '1000' },
    stores: { dynamodb: dynamoStore, sqs: sqsStore },
    log: metrics.log,
  });
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const sqs = new SQSClient({ endpoint: sqsStore.url, region: 'us-east-1', credentials });
  const environment: Record<string, string> = Object.assign({}, ...Object.values(facade.gateway.environments));
  const close = async (): Promise<void> => {
    sqs.destroy();
    await facade.close();
    await tenant.stop();
  };
  return { api: facade.way, sqs, dynamoStore, sqsStore, environment, metrics, close };
};

export const run = async (options: RunOptions): Promise<Result> => {
  const { quick, progress } = options;
  const { environment, metrics, close, ...parts } = await startScene();
  const subscribers: Subscriber[] = [];
  const scene: Scene = { ...parts, subscribers };
  const [speed, cost, price]: [Row[], Row[], Row[]] = [[], [], []];
  const counts: Record<string, number> = {};
  let replay: Row[] = [];
  const more = async (count: number): Promise<void> => {
    while (subscribers.length < count)
      subscribers.push(await subscribe(scene.api, subscribers.length % 2 === 0 ? 'fifo' : 'standard', live));
  };
  try {
    await more(1);
    await measure(scene, { count: 30, entityType: live });
    for (const count of quick ? sizes.quick : sizes.full) {
      progress(`${count} subscriptions`);
      await more(count);
      const rate = perSecondAt(count);
      await measure(scene, { count: 10, perSecond: rate, entityType: live });
      const loads: readonly (readonly [string, PushPlan])[] = [
        [`${rate} a second`, { count: quick ? 4 : 30, perSecond: rate, entityType: live }],
        ['8 side by side', { count: quick ? 10 : count > 50 ? 8 : 200, entityType: live }],
      ];
      for (const [load, plan] of loads) {
        const notSent = metrics.read();
        const { events, deliveries, dynamo, sqs } = await measure(scene, plan);
        const costs = costOf(dynamo, sqs, events, count);
        speed.push({ subscriptions: count, load, ...speedOf(deliveries, events) });
        cost.push({ subscriptions: count, load, ...costs });
        if (plan.perSecond !== undefined) price.push(priceOf(costs, count));
        counts[`deliveries ${count}, ${load}`] = deliveries.millis.length;
        for (const [name, sum] of Object.entries(minus(metrics.read(), notSent)))
          if (sum > 0) counts[`${name} ${count}, ${load}`] = sum;
      }
      if (count === 1) {
        const { rows, counts: ofReplay } = await replayRows(scene, environment, options);
        replay = rows;
        Object.assign(counts, ofReplay);
      }
    }
  } finally {
    await close();
  }
  const tables: Table[] = [
    {
      name: 'speed',
      title: 'From a push to the queues, event of 1 KB, half of the queues FIFO',
      columns: speedColumns,
      rows: speed,
    },
    {
      name: 'cost',
      title: 'What an event costs; goal: 4 write units and 1 for ten deliveries',
      columns: costColumns,
      rows: cost,
    },
    {
      name: 'price',
      title: `US dollars for a million events at this rate, by the prices in shared/usage/list-prices.ts`,
      columns: priceColumns,
      rows: price,
    },
    {
      name: 'replay',
      title: `Live events of one subscription, ${perSecond} a second, beside the replay of another`,
      columns: replayColumns,
      rows: replay,
    },
  ];
  return { tables, counts };
};
