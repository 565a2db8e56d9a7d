/**
 * Promise P8 with real processes: the bundled functions of the twin are killed (kill -9) at random points, while a tenant pushes events
 * twice, out of order, malformed or not at all, and 20 subscriptions want different ones of them. Two queues are gone, one is slow. The clock
 * of the whole twin is moved on where the facade would wait.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, it, onTestFinished, vi } from 'vitest';
import { demoHook } from '../../local/operator/seed.ts';
import { notificationDocument } from '../../packages/signals-simulator/src/documents/notification-document.ts';
import { createRandom } from '../../packages/signals-simulator/src/random.ts';
import type { Notification as Recorded } from '../../packages/signals-simulator/src/tenant/notifications.ts';
import { variables } from '../../shared/config/names.ts';
import { createDynamoPendingStore } from '../../shared/fan-out/adapters/dynamodb-pending.ts';
import { createDynamoLedger } from '../../shared/notifications/adapters/dynamodb-ledger.ts';
import { hookPath } from '../../shared/notifications/hook-routes.ts';
import type { Entry } from '../../shared/notifications/ledger.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { temporaryFolder } from '../support/aws.ts';
import { faultsOf, type Witness } from '../support/fan-out-promise.ts';
import { createQueue } from '../support/queues.ts';
import { shiftedBy, shiftedDate, writeShift } from '../support/shifted-clock.ts';
import type { Received } from '../support/simulated-queues.ts';
import { startSlowSqs } from '../support/slow-sqs.ts';
import { isFull } from '../support/test-size.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';

/** 10,000 take too long for `.ci/run`: `CRASH_EVENTS=10000` is for a run by hand, at either size. */
const wanted = Number(process.env.CRASH_EVENTS);
const eventCount = wanted || 400;
/** It takes a minute of processor time even with few events. Crashes within one process are tested at every size (test/shared/fan-out). */
const itInFull = it.runIf(isFull || wanted > 0);
/** A run by hand has 12 minutes, or more if it is large, and says how far it is. */
const mostMillis = wanted > 0 ? Math.max(720_000, wanted * 300) : undefined;
const beganMillis = performance.now();
const tell = (line: string): void => {
  if (wanted > 0) process.stderr.write(`  ${Math.round((performance.now() - beganMillis) / 1_000)} s: ${line}\n`);
};
/** Lines of the functions' log between two kills, on average. */
const meanLines = Math.min(eventCount / 2, 1_500);
const entityCount = Math.max(20, eventCount / 50);
const minute = 60_000;
/** Messages of a killed dispatcher return after three minutes. A FIFO queue still recognises repeated messages then. */
const nextTryMillis = 200_000;
/** Functions without a log line for this time are usually idle. */
const quietMillis = 3_000;
const slowMillis = 700;
const lanes = 4;
const tellMillis = 10_000;

const types = ['create', 'close', 'sign', 'reopen', 'archive'];
const native = (type: string): string => `com.revvity.signals.${type}`;

/** The first five have FIFO queues. */
const filters: readonly (object | undefined)[] = [
  undefined,
  { type: [native('close')] },
  { type: [{ prefix: native('re') }] },
  { subject: [{ suffix: '1' }] },
  { subject: [{ suffix: '7' }] },
  { type: [native('create'), native('archive')] },
  { type: [{ 'anything-but': [native('create'), native('close'), native('sign')] }] },
  { subject: [{ suffix: '2' }] },
  { subject: [{ suffix: '8' }], type: [{ 'anything-but': native('create') }] },
  { subject: [{ suffix: '9' }] },
  { subject: [{ wildcard: 'experiment:*3' }] },
  { type: [{ suffix: 'N' }] },
  { type: [{ 'equals-ignore-case': native('SIGN') }] },
  { $or: [{ type: [native('close')], subject: [{ suffix: '4' }] }, { subject: [{ suffix: '5' }] }] },
  { data: { data: { attributes: { type: ['reopen'] } } } },
  { data: { data: { relationships: { createdBy: { data: { id: ['102'] } } } } } },
  { data: { data: { relationships: { entity: { data: { id: [{ suffix: '6' }] } } } } } },
  { data: { data: { attributes: { comment: [{ exists: true }] } } }, type: [native('archive')] },
  { data: { data: { attributes: { 'no-such-field': [{ exists: false }] } } }, subject: [{ suffix: '0' }] },
  { specversion: ['1.0'], type: [native('sign')], subject: [{ 'anything-but': { suffix: '1' } }] },
];
const broken = [4, 8] as const;
const slow = 9;

type Push = { readonly recorded: Recorded; readonly body: string; readonly isWhole: boolean };

/** The pushes, in order: 5 % are sent twice, 5 % late, 2 % malformed, 1 % not at all. */
const planPushes = (all: readonly Recorded[], bodyOf: (one: Recorded) => string, random: () => number): Push[] => {
  const placed = all.flatMap((recorded, index) => {
    const fate = random();
    if (fate < 0.01) return [];
    const body = bodyOf(recorded);
    if (fate < 0.03) return [{ at: index, recorded, body: body.slice(0, body.length >> 1), isWhole: false }];
    const at = index + (fate < 0.08 ? Math.floor(random() * 100) : 0);
    const first = { at, recorded, body, isWhole: true };
    return fate > 0.95 ? [first, { ...first, at: at + Math.floor(random() * 100) }] : [first];
  });
  return placed.toSorted((one, other) => one.at - other.at);
};

/** @returns false for one that has ended meanwhile. */
const kill = (pid: number): boolean => {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
};

/**
 * Kills one function process after the other, at random. It counts what the functions have logged, not the time: on a busy machine none
 * would live long enough to do anything. @returns what ends it, and gives how many were killed.
 */
const startKilling = ({ gateway, log }: TestTwin, meanLines: number, random: () => number) => {
  const stop = new AbortController();
  let killed = 0;
  let due = log.length + random() * 2 * meanLines;
  const run = async (): Promise<void> => {
    for (;;) {
      await sleep(50, undefined, { signal: stop.signal });
      const alive = gateway.pids();
      const pid = alive[Math.floor(random() * alive.length)];
      if (log.length < due || pid === undefined) continue;
      if (kill(pid)) killed += 1;
      due = log.length + random() * 2 * meanLines;
    }
  };
  const running = run().catch(() => {});
  return async (): Promise<number> => {
    stop.abort();
    await running;
    return killed;
  };
};

/** The twin with a clock that can be moved on and a queue that can be slowed down. */
const startScene = async () => {
  const clockFile = join(await temporaryFolder(), 'shift');
  let shiftMillis = 0;
  writeShift(clockFile, 0);
  // Vitest puts globals back before the next test only, and the next file of this process starts its twin before that.
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  vi.stubGlobal(
    'Date',
    shiftedDate(() => shiftMillis),
  );
  let slowName = 'no queue';
  let sqsUrl = '';
  const slowSqs = await startSlowSqs(
    () => sqsUrl,
    (body) => (body.includes(`/${slowName}"`) ? slowMillis : 0),
  );
  const environment = { ...shiftedBy(clockFile), AWS_ENDPOINT_URL_SQS: slowSqs.url };
  const twin = await startTwin({}, environment);
  sqsUrl = twin.endpoints.sqs;
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const region = 'us-east-1';
  const sqs = new SQSClient({ endpoint: sqsUrl, region, credentials });
  const dynamo = new DynamoDBClient({ endpoint: twin.endpoints.dynamodb, region, credentials });
  onTestFinished(async () => {
    await twin.close();
    await slowSqs.close();
    sqs.destroy();
    dynamo.destroy();
  });
  const names: Record<string, string> = Object.assign({}, ...Object.values(twin.gateway.environments));
  const table = names[variables.notificationsTable] ?? '';
  const client = DynamoDBDocumentClient.from(dynamo);
  const work = [names[variables.ingressQueueUrl], names[variables.replaysQueueUrl]] as string[];
  const lengthOf = async (QueueUrl: string): Promise<number> => {
    const AttributeNames = ['All'] as const;
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
    );
    const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: inFlight } = Attributes;
    return Number(visible) + Number(inFlight) + Number(Attributes.ApproximateNumberOfMessagesDelayed);
  };
  return {
    twin,
    sqs,
    ledger: createDynamoLedger(client, table, { nowMillis: () => Date.now() }),
    pending: createDynamoPendingStore(client, table, () => Date.now()),
    slowDown: (queueUrl: string): void => {
      slowName = queueUrl.split('/').at(-1) ?? '';
    },
    /** Moves the clock of all on. */
    pass: (millis: number): void => {
      shiftMillis += millis;
      writeShift(clockFile, shiftMillis);
    },
    /** One run of a scheduled function. It may fail. */
    runOnce: async (name: 'Pull' | 'Wake'): Promise<void> => {
      const id = Object.keys(twin.gateway.environments).find((one) => one.startsWith(name)) ?? name;
      await twin.gateway.invoke(id, {}).catch(() => {});
    },
    /** Until the dispatcher has done what it can do now. What it had in flight when it was killed is hidden for minutes. */
    drained: async (): Promise<void> => {
      let [lines, sinceMillis] = [twin.log.length, performance.now()];
      while ((await Promise.all(work.map(lengthOf))).some((length) => length > 0)) {
        if (twin.log.length !== lines) [lines, sinceMillis] = [twin.log.length, performance.now()];
        else if (performance.now() - sinceMillis > quietMillis) return;
        await sleep(250);
      }
    },
  };
};
type Scene = Awaited<ReturnType<typeof startScene>>;

// biome-ignore lint/suspicious/noExplicitAny: documents of several kinds.
const ask = async ({ twin }: Scene, path: string, data?: object): Promise<any> => {
  const answer = await fetch(twin.url + path, {
    method: data ? 'POST' : 'GET',
    headers: { 'x-api-key': 'demo-app', ...(data ? { 'content-type': 'application/vnd.api+json' } : {}) },
    ...(data ? { body: JSON.stringify({ data }) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
  return JSON.parse(text).data;
};

type Made = Subscription & { readonly url: string };

const subscribe = async (scene: Scene): Promise<Made[]> => {
  const made: Made[] = [];
  for (const [index, filter] of filters.entries()) {
    const isFifo = index < 5;
    const attributes = { queue: { kind: isFifo ? 'fifo' : 'standard' }, ...(filter ? { filter } : {}) };
    const { id, attributes: has } = await ask(scene, '/v1/subscriptions', { type: 'subscription', attributes });
    made.push({
      ...{ id, consumerId: 'demo-app', incarnation: '', state: 'active', filter, url: has.queueUrl },
      ...{ startMillis: Date.now(), createdAtMillis: Date.now(), version: 1 },
      queue: { arn: has.queueArn, isFifo, isMade: true, deadLettersArn: has.deadLetterQueueArn },
    });
  }
  return made;
};

/** What the tenant has recorded in the last minutes: as far back as a subscription that was just made reaches in a pull. */
const record = ({ twin }: Scene, random: () => number): Recorded[] => {
  const { tenant } = twin.simulator;
  const sinceMillis = Date.now() - 3 * minute;
  return Array.from({ length: eventCount }, (_, index) =>
    tenant.notifications.record({
      type: types[Math.floor(random() * types.length)] as string,
      createdBy: random() < 0.3 ? '102' : '101',
      entityId: `experiment:${Math.floor(random() * entityCount)}`,
      createdAtMillis: sinceMillis + Math.floor((index * 3 * minute) / eventCount),
    }),
  );
};

/** Pushes of one entity go one after the other. A push without a 2xx answer stays undismissed, as in the tenant. */
const pushAll = async ({ twin }: Scene, pushes: readonly Push[]): Promise<void> => {
  const headers = { 'content-type': 'application/vnd.api+json', [demoHook.headerName]: demoHook.headerValue };
  let [answered, told] = [0, performance.now()];
  const push = async ({ recorded, body }: Push): Promise<void> => {
    const answer = await fetch(twin.url + hookPath, { method: 'POST', headers, body }).catch(() => undefined);
    await answer?.arrayBuffer().catch(() => {});
    if (answer?.ok) recorded.isDismissed = true;
    answered += 1;
    if (performance.now() - told < tellMillis) return;
    told = performance.now();
    tell(`${answered} of ${pushes.length} pushes answered`);
  };
  const laneOf = ({ recorded }: Push): number => Number(recorded.entityId.split(':')[1]) % lanes;
  const runLane = async (lane: readonly Push[]): Promise<void> => {
    for (const one of lane) await push(one);
  };
  await Promise.all([...Map.groupBy(pushes, laneOf).values()].map(runLane));
};

const entriesOf = async ({ ledger }: Scene): Promise<Entry[]> => {
  const range = { fromMillis: 0, untilMillis: Date.now() + minute, order: 'oldest-first', limit: 100 } as const;
  const found: Entry[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await ledger.list({ ...range, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...page.entries);
    cursor = page.cursor;
    if (cursor === undefined) return found;
  }
};

/** All messages of a queue without a reader, in order. */
const messagesIn = async ({ twin }: Scene, arn: string): Promise<Received[]> => {
  const answer = await fetch(`${twin.endpoints.sqs}/_fauxqs/queues/${arn.split(':').at(-1)}`);
  if (answer.status === 404) return [];
  const { messages } = (await answer.json()) as { messages: { ready: { body: string }[] } };
  return messages.ready.map(({ body }) => ({ ...JSON.parse(body), atMillis: 0 }));
};

const witnessOf = async (scene: Scene, subscriptions: readonly Made[], entries: readonly Entry[]): Promise<Witness> => {
  const received = new Map<string, Received[]>();
  for (const { queue } of subscriptions) received.set(queue.arn, await messagesIn(scene, queue.arn));
  const byId = new Map(entries.map((entry) => [entry.notification.id, entry]));
  return {
    queues: { receivedBy: (arn) => received.get(arn) ?? [] },
    ledger: { read: async (id) => byId.get(id) },
  };
};

const hasPending = async ({ pending }: Scene, subscriptions: readonly Made[]): Promise<boolean> => {
  for (const { id } of subscriptions) if ((await pending.page(id, 1)).items.length > 0) return true;
  return false;
};

/** Pulls and wakes up, again and again, until it is done. */
const settle = async (scene: Scene, isDone: () => Promise<boolean>): Promise<void> => {
  for (let round = 0; ; round += 1) {
    await scene.runOnce('Pull');
    await scene.runOnce('Wake');
    await scene.drained();
    tell(`round ${round + 1} of pulls, wake-ups and retries`);
    if (await isDone()) return;
    expect(round, 'rounds').toBeLessThan(60);
    scene.pass(nextTryMillis);
  }
};

itInFull(
  `brings ${eventCount} events to 20 subscriptions while functions are killed, and redrives what broken queues did not take`,
  async () => {
    const random = createRandom(11).next;
    const scene = await startScene();
    const { twin, sqs, pending } = scene;
    const subscriptions = await subscribe(scene);
    const badOnes = broken.map((index) => subscriptions[index] as Made);
    const goodOnes = subscriptions.filter((one) => !badOnes.includes(one));
    for (const { url } of badOnes) await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    scene.slowDown(subscriptions[slow]?.url ?? '');
    await scene.runOnce('Pull');
    const recorded = record(scene, random);
    const base = twin.simulator.url + signalsBasePath;
    const bodyOf = (one: Recorded) => JSON.stringify(notificationDocument(twin.simulator.tenant, base, one));
    const pushes = planPushes(recorded, bodyOf, random);

    tell(`${subscriptions.length} subscriptions, ${recorded.length} events`);
    const stopKilling = startKilling(twin, meanLines, random);
    await pushAll(scene, pushes);
    await scene.drained();
    const killed = await stopKilling();
    const isSent = async () => {
      const entries = await entriesOf(scene);
      const isWhole = entries.length === recorded.length && entries.every(({ dispatched }) => dispatched);
      return isWhole && !(await hasPending(scene, goodOnes));
    };
    await settle(scene, isSent);
    const entries = await entriesOf(scene);
    const notifications = entries.map(({ notification }) => notification);
    expect(killed).toBeGreaterThan(5);
    expect(entries.map(({ notification }) => notification.id).toSorted()).toEqual(
      recorded.map(({ id }) => id).toSorted(),
    );
    const late = entries.filter(({ dispatched }) => dispatched?.isLate).length;
    const deliveries = entries.reduce((sum, { dispatched }) => sum + (dispatched?.deliveries.length ?? 0), 0);
    tell(`${killed} functions killed, ${entries.length} events kept, ${late} of them late, ${deliveries} deliveries`);
    const origins = Map.groupBy(notifications, ({ origin }) => origin);
    expect(origins.get('push')?.length).toBeGreaterThan(eventCount / 2);
    expect(origins.get('pull')?.length).toBeGreaterThan(0);
    expect(await faultsOf(await witnessOf(scene, subscriptions, entries), goodOnes, notifications)).toEqual([]);

    // If the function of a malformed push was killed, there is no record of the push.
    const malformed = pushes.filter(({ isWhole }) => !isWhole);
    const range = { fromMillis: 0, untilMillis: Date.now() + minute, order: 'oldest-first', limit: 1_000 } as const;
    const kept = new Set(
      (await scene.ledger.listMalformed(range)).entries.map(({ bytes }) => Buffer.from(bytes).toString()),
    );
    const answered = malformed.filter(({ recorded: { isDismissed } }) => isDismissed).map(({ body }) => body);
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.filter((body) => !kept.has(body))).toEqual([]);

    // Longer than is retried: what the broken queues did not take becomes dead letters.
    scene.pass(29 * 60 * minute);
    tell('28 hours later, for the broken queues');
    const stopKillingAgain = startKilling(twin, meanLines, random);
    await settle(scene, async () => !(await hasPending(scene, badOnes)));
    await stopKillingAgain();
    for (const { queue, filter } of badOnes) {
      const letters = await messagesIn(scene, queue.deadLettersArn);
      const wanting = [{ ...queue, arn: queue.deadLettersArn, isFifo: false }].map(
        (dead) => ({ ...subscriptions[0], queue: dead, filter }) as Made,
      );
      const witness = { ...(await witnessOf(scene, [], entries)), queues: { receivedBy: () => letters } };
      expect(letters.length).toBeGreaterThan(0);
      expect(await faultsOf(witness, wanting, notifications)).toEqual([]);
    }

    for (const { queue } of badOnes) {
      await createQueue(sqs, queue.arn.split(':').at(-1) ?? '');
    }
    const redrive = ({ id }: Made) =>
      ask(scene, `/v1/subscriptions/${id}/redrives`, { type: 'redrive', attributes: {} });
    tell('the broken queues are mended: redrives');
    const redrives = await Promise.all(badOnes.map(redrive));
    const stateOf = async ({ id, attributes }: { id: string; attributes: { subscriptionId: string } }) =>
      (await ask(scene, `/v1/subscriptions/${attributes.subscriptionId}/replays/${id}`)).attributes.state;
    await settle(scene, async () => {
      const states = await Promise.all(redrives.map(stateOf));
      return states.every((state) => state === 'done') && !(await hasPending(scene, badOnes));
    });
    expect(await faultsOf(await witnessOf(scene, subscriptions, entries), subscriptions, notifications)).toEqual([]);
    for (const { id } of badOnes) expect((await pending.dead(id, 1)).items).toEqual([]);
    tell('every subscription has what it wants');
  },
  mostMillis,
);
