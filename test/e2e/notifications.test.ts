/** Notifications as their users meet them: subscribe, change something in the tenant, read the queue. */
import { request } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { demoHook } from '../../local/operator/seed.ts';
import { namedIn } from '../../local/start/seed-gateway.ts';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { variables } from '../../shared/config/names.ts';
import { createDynamoLatestStore } from '../../shared/fan-out/adapters/dynamodb-replays.ts';
import { hookPath } from '../../shared/notifications/hook-routes.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { startMirrorHook } from '../support/mirror-hook.ts';
import { logLinesOf, stationsOf } from '../support/traces.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';
import { documentedConsumers } from './notifications/documented-consumers.ts';
import { mirrorPromises } from './notifications/mirrors.ts';
import { createNotificationsUser } from './notifications/user.ts';

let twin: TestTwin;
let sqs: SQSClient;
let mirror: Awaited<ReturnType<typeof startMirrorHook>>;
beforeAll(async () => {
  mirror = await startMirrorHook();
  twin = await startTwin({}, mirror.variablesFor);
  const push = { url: twin.url + hookPath, ...demoHook, autoDismiss: true };
  twin.simulator.tenant.behaviour.push = push;
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  sqs = new SQSClient({ endpoint: twin.endpoints.sqs, region: 'us-east-1', credentials });
});
afterAll(async () => {
  sqs?.destroy();
  await twin?.close();
  await mirror?.close();
});

const user = createNotificationsUser(
  () => twin,
  () => sqs,
);
const { ask, subscribe, happen, receive, receiveEvents } = user;

const wake = async (): Promise<void> => {
  const functionId = Object.keys(twin.gateway.environments).find((id) => id.startsWith('Wake')) ?? '';
  await twin.gateway.invoke(functionId, {});
};

describe('notifications', () => {
  it('bring a creation and a closing to a standard and a FIFO queue', async () => {
    const [standard, fifo] = await Promise.all([
      subscribe({ queue: { kind: 'standard' } }),
      subscribe({ queue: { kind: 'fifo' } }),
    ]);
    const data = { type: 'experiment', attributes: { name: 'Told to subscribers' } };
    const made = await ask('POST', `${signalsBasePath}/entities`, data);
    expect(made.status).toBe(201);
    const eid = made.document.data.id as string;
    const [created] = await receiveEvents(fifo.queueUrl, 1);
    const [closedId] = await happen('close', eid);
    const [closed] = await receiveEvents(fifo.queueUrl, 1);

    expect(created).toMatchObject({ specversion: '1.0', type: 'com.revvity.signals.create', subject: eid });
    expect(closed).toMatchObject({ id: closedId, type: 'com.revvity.signals.close', subject: eid });
    expect([created?.entitysequence, closed?.entitysequence]).toEqual(['00000000000000000001', '00000000000000000002']);
    expect(JSON.stringify(closed?.data)).toContain(eid);
    const others = await receiveEvents(standard.queueUrl, 2);
    expect(others.map(({ id }) => id).sort()).toEqual([created?.id, closedId].sort());
  });

  it('are filtered, listed, and shown with what was sent', async () => {
    const closings = await subscribe({ queue: { kind: 'fifo' }, filter: { type: ['com.revvity.signals.close'] } });
    await happen('reopen', demoIds.experiment);
    const [id = ''] = await happen('close', demoIds.experiment);
    const events = await receiveEvents(closings.queueUrl, 1);
    expect(events.map((event) => event.id)).toEqual([id]);

    const listed = await ask('GET', `/v1/notifications?filter[entity]=${demoIds.experiment}&filter[type]=close`);
    expect(listed.document.data.map((one: { id: string }) => one.id)).toContain(id);
    const ofSubscription = () => ask('GET', `/v1/subscriptions/${closings.id}/deliveries`);
    await expect.poll(async () => (await ofSubscription()).document.data.length).toBe(1);
    const [delivery] = (await ofSubscription()).document.data;
    expect(delivery.attributes).toMatchObject({ notificationId: id, subscriptionId: closings.id, outcome: 'sent' });
    const ofNotification = await ask('GET', `/v1/notifications/${id}/deliveries`);
    expect(ofNotification.document.data).toContainEqual(delivery);
    const health = await ask('GET', `/v1/subscriptions/${closings.id}/health`);
    expect(health.document.data.attributes).toMatchObject({ state: 'ok', pending: 0, deadLetters: 0 });
  });

  it('have one trace, from the push through each queue to the deliveries and the job that they cause', async () => {
    const { queueUrl } = await subscribe({ queue: { kind: 'fifo' }, filter: { type: ['com.revvity.signals.close'] } });
    const [id] = await happen('close', demoIds.experiment);
    const names = { MessageSystemAttributeNames: ['AWSTraceHeader' as const], WaitTimeSeconds: 5 };
    const received = async () =>
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, ...names }))).Messages?.[0]?.Attributes;
    let header: string | undefined;
    await expect.poll(async () => (header ??= (await received())?.AWSTraceHeader)).toBeDefined();
    const pushed = logLinesOf(twin).find(({ source, notification }) => source === 'hooks' && notification === id);
    const traceId = pushed?.traceId ?? 'none';
    expect(header).toBe(`Root=${traceId}`);
    await expect
      .poll(() => stationsOf(twin, traceId))
      .toEqual(
        expect.arrayContaining([
          ...['hooks: request', 'dispatcher: queue message', 'dispatcher: delivery', 'purges: queue message'],
          ...['archiver: queue message', 'jobs: job step'],
        ]),
      );
    // No line of another event has it.
    const ofDeliveries = logLinesOf(twin).filter((line) => line.traceId === traceId && line.message === 'delivery');
    expect(new Set(ofDeliveries.map(({ notification }) => notification))).toEqual(new Set([id]));
  });

  it('come to a queue of the consumer once its code was returned', async () => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'lab-events' }));
    const own = await subscribe({ queue: { arn: 'arn:aws:sqs:us-east-1:000000000000:lab-events' } });
    expect(own.state).toBe('pending');
    const [message = ''] = await receive(QueueUrl, 1);
    const { code } = JSON.parse(message).data;
    const confirm = (given: string) =>
      ask('POST', `/v1/subscriptions/${own.id}/confirmation`, { type: 'confirmation', attributes: { code: given } });
    expect((await confirm('0'.repeat(20))).status).toBe(403);
    const confirmed = await confirm(code);
    expect([confirmed.status, confirmed.document.data.attributes.state]).toEqual([200, 'active']);
    const [id] = await happen('close', demoIds.filesExperiment);
    // What came before the confirmation may come too, marked as a replay.
    await expect.poll(async () => (await receiveEvents(QueueUrl, 1))[0]?.id).toBe(id);
    expect((await ask('DELETE', `/v1/subscriptions/${own.id}`)).status).toBe(204);
  });

  it('of a pause come when the subscription goes on, and a time comes again by a replay', async () => {
    const filter = { subject: [demoIds.text] };
    const { id, queueUrl } = await subscribe({ queue: { kind: 'standard' }, filter });
    const change = (state: string) =>
      ask('PATCH', `/v1/subscriptions/${id}`, { type: 'subscription', attributes: { state } });
    const from = new Date().toISOString();
    expect((await change('paused')).document.data.attributes.state).toBe('paused');
    const missed = await happen('update', demoIds.text, 2);
    expect((await change('active')).document.data.attributes.state).toBe('active');
    await wake();
    const caughtUp = await receiveEvents(queueUrl, 2);
    expect(caughtUp.map((event) => event.id).sort()).toEqual(missed.toSorted());
    expect(new Set(caughtUp.map(({ delivery }) => delivery))).toEqual(new Set(['replay']));

    const replay = (attributes: object) =>
      ask('POST', `/v1/subscriptions/${id}/replays`, { type: 'replay', attributes });
    const counted = await replay({ from, dryRun: true });
    const read = async (replayId: string) =>
      (await ask('GET', `/v1/subscriptions/${id}/replays/${replayId}`)).document.data.attributes;
    expect(counted.status).toBe(202);
    await expect.poll(() => read(counted.document.data.id)).toMatchObject({ state: 'done', matching: 2, sent: 0 });
    const sent = await replay({ from });
    expect((await receiveEvents(queueUrl, 2)).map((event) => event.id).sort()).toEqual(missed.toSorted());
    await expect.poll(() => read(sent.document.data.id)).toMatchObject({ state: 'done', matching: 2, sent: 2 });
  });

  it('carry the document of their entity to a subscription that asks for it, if its consumer may read it', async () => {
    const consumer = { type: 'consumer', id: 'blind', attributes: { scopes: ['subscriptions:*'] } };
    expect((await ask('POST', '/v1/consumers', consumer, 'demo-admin')).status).toBe(201);
    const made = await ask('POST', '/v1/consumers/blind/keys', { type: 'consumer-key', attributes: {} }, 'demo-admin');
    const filter = { subject: [demoIds.closedExperiment] };
    const enriched = { queue: { kind: 'fifo' }, filter, enriched: true };
    const [seeing, blind] = [await subscribe(enriched), await subscribe(enriched, made.document.data.attributes.key)];
    const [id = ''] = await happen('update', demoIds.closedExperiment);
    const shown = (await ask('GET', `${signalsBasePath}/entities/${demoIds.closedExperiment}`)).document.data
      .attributes;

    const common = { id, enrichment: 'included', entitydigest: shown.digest, entitysequence: expect.any(String) };
    const [event] = await receiveEvents(seeing.queueUrl, 1);
    const attributes = { name: shown.name, digest: shown.digest };
    expect(event).toMatchObject({ ...common, data: { data: { id } } });
    expect(event).toHaveProperty('data.included.0', expect.objectContaining({ id: demoIds.closedExperiment }));
    expect(event).toHaveProperty('data.included.0.attributes', expect.objectContaining(attributes));
    const [bare] = await receiveEvents(blind.queueUrl, 1);
    expect(bare).toMatchObject({ ...common, enrichment: 'no-right' });
    expect(bare?.data).not.toEqual(event?.data);
  });

  it('are for consumers with the scope, each with its own subscriptions', async () => {
    const { id } = await subscribe({ queue: { kind: 'standard' }, filter: { subject: ['nothing'] } });
    expect((await ask('GET', '/v1/subscriptions', undefined, 'demo-reader')).status).toBe(403);
    const consumer = { type: 'consumer', id: 'other', attributes: { scopes: ['subscriptions:*'] } };
    expect((await ask('POST', '/v1/consumers', consumer, 'demo-admin')).status).toBe(201);
    const made = await ask('POST', '/v1/consumers/other/keys', { type: 'consumer-key', attributes: {} }, 'demo-admin');
    const { key } = made.document.data.attributes;
    expect((await ask('GET', '/v1/subscriptions', undefined, key)).document.data).toEqual([]);
    const acts = [
      await ask('GET', `/v1/subscriptions/${id}`, undefined, key),
      await ask('GET', `/v1/subscriptions/${id}/deliveries`, undefined, key),
      await ask('DELETE', `/v1/subscriptions/${id}`, undefined, key),
    ];
    expect(acts.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await ask('GET', `/v1/subscriptions/${id}`)).status).toBe(200);
  });

  it('are refused where their header is missing or wrong, and are not kept', async () => {
    const headers: Record<string, string>[] = [{}, { [demoHook.headerName]: 'guessed' }];
    const body = JSON.stringify({ data: { type: 'notification', id: 'forged', attributes: { type: 'close' } } });
    const answers = await Promise.all(
      headers.map((one) => fetch(twin.url + hookPath, { method: 'POST', headers: one, body })),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect((await ask('GET', '/v1/notifications/forged')).status).toBe(404);
  });

  it('that no push has brought are pulled on demand, by an administrator', async () => {
    const filter = { subject: [demoIds.sample] };
    const { queueUrl } = await subscribe({ queue: { kind: 'standard' }, filter });
    const { push } = twin.simulator.tenant.behaviour;
    twin.simulator.tenant.behaviour.push = undefined;
    const [id] = await happen('close', demoIds.sample);
    twin.simulator.tenant.behaviour.push = push;
    expect((await ask('POST', '/v1/notifications/pulls')).status).toBe(403);
    const { status, document } = await ask('POST', '/v1/notifications/pulls', undefined, 'demo-admin');
    expect(status, JSON.stringify(document)).toBe(202);
    expect(document.data.attributes).toEqual({ state: 'under-way' });
    const origin = async () =>
      (await ask('GET', `/v1/notifications/${id}`, undefined, 'demo-admin')).document.data?.attributes.origin;
    await expect.poll(origin).toBe('pull');
    expect((await receiveEvents(queueUrl, 1)).map((event) => event.id)).toEqual([id]);
  });

  it('purge what the cache holds of their entity: a closing shows at once, and is a hit from then on', async () => {
    const data = { type: 'experiment', attributes: { name: 'Read often' } };
    const path = `${signalsBasePath}/entities/${(await ask('POST', `${signalsBasePath}/entities`, data)).document.data.id}`;
    const look = async () => {
      const answer = await fetch(twin.url + path, { headers: { 'x-api-key': 'demo-app' } });
      const { attributes } = ((await answer.json()) as { data: { attributes: { state?: string } } }).data;
      return { verdict: answer.headers.get('cache-status')?.split('; ')[1], state: attributes.state };
    };
    await expect.poll(look).toMatchObject({ verdict: 'hit', state: 'open' });
    // By a person, in Signals: the facade has no part in it.
    const body = JSON.stringify({ entityId: path.split('/').at(-1), action: 'close' });
    const edited = await fetch(`${twin.simulator.url}/_control/edits`, { method: 'POST', body });
    expect(edited.ok).toBe(true);
    await expect.poll(look).toMatchObject({ state: 'closed' });
    await expect.poll(look).toMatchObject({ verdict: 'hit', state: 'closed' });
  });

  it('are sent again out of the dead letters by a redrive', async () => {
    const filter = { subject: [demoIds.grid] };
    const made = await subscribe({ queue: { kind: 'standard' }, filter });
    const [id] = await happen('close', demoIds.grid);
    const [body] = await receive(made.queueUrl, 1);
    // As SQS moves what a consumer has received too often.
    await sqs.send(new SendMessageCommand({ QueueUrl: made.deadLetterQueueUrl, MessageBody: body }));
    const data = { type: 'redrive', attributes: { dryRun: false } };
    expect((await ask('POST', `/v1/subscriptions/${made.id}/redrives`, data)).status).toBe(202);
    expect(await receiveEvents(made.queueUrl, 1)).toMatchObject([{ id, delivery: 'redrive' }]);
  });

  it('show which filter they match, and each fault of one with its place', async () => {
    const [id] = await happen('close', demoIds.image);
    const test = (filter: object) =>
      ask('POST', '/v1/subscriptions/filter-tests', { type: 'filter-test', attributes: { filter } });
    const matching = { subject: [demoIds.image], type: [{ suffix: '.close' }] };
    // The index behind the ledger follows within a second.
    const examples = async () => (await test(matching)).document.data.attributes.examples;
    await expect.poll(examples).toMatchObject([{ id, subject: demoIds.image }]);
    const faulty = await test({ type: 'close', subject: [{ prefix: 7 }] });
    expect(faulty.status).toBe(400);
    const pointers = faulty.document.errors.map((one: { source?: { pointer?: string } }) => one.source?.pointer);
    expect(pointers).toContain('/data/attributes/filter/type');
  });

  it('are taken from a client that sends slowly, and one that never ends its push holds up no other', async () => {
    const body = (id: string) =>
      JSON.stringify({
        data: {
          ...{ type: 'notification', id, attributes: { id, type: 'close', createdAt: new Date().toISOString() } },
          relationships: { entity: { data: { type: 'entity', id: demoIds.text } } },
        },
      });
    const begin = (text: string) => {
      const url = new URL(hookPath, twin.url);
      const headers = { [demoHook.headerName]: demoHook.headerValue, 'content-length': Buffer.byteLength(text) };
      const outgoing = request(url, { method: 'POST', headers });
      outgoing.on('error', () => {});
      outgoing.write(text.slice(0, 10));
      return outgoing;
    };
    const endless = begin(body('endless'));
    onTestFinished(() => void endless.destroy());
    const slow = begin(body('slow'));
    const answered = new Promise<number | undefined>((resolve) =>
      slow.on('response', (one) => resolve(one.statusCode)),
    );
    const [id = ''] = await happen('close', demoIds.text);
    expect((await ask('GET', `/v1/notifications/${id}`)).status).toBe(200);
    for (const character of body('slow').slice(10)) slow.write(character);
    slow.end();
    expect(await answered).toBe(204);
    expect((await ask('GET', '/v1/notifications/slow')).status).toBe(200);
    expect((await ask('GET', '/v1/notifications/endless')).status).toBe(404);
  });

  it('of an entity and an interval come as one to a subscription that wants the latest only', async () => {
    const filter = { subject: [demoIds.gridTemplate] };
    const { id, queueUrl } = await subscribe({ queue: { kind: 'standard' }, filter, latestOnlySeconds: 60 });
    const ids = await happen('update', demoIds.gridTemplate, 5);
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    const dynamo = new DynamoDBClient({ endpoint: twin.endpoints.dynamodb, region: 'us-east-1', credentials });
    onTestFinished(() => dynamo.destroy());
    const table = namedIn(twin.gateway.environments)(variables.subscriptionsTable);
    const latest = createDynamoLatestStore(DynamoDBDocumentClient.from(dynamo), table);
    const markOf = () => latest.read(id, demoIds.gridTemplate);
    await expect.poll(async () => (await markOf())?.count).toBe(5);
    const { document } = await ask('GET', `/v1/notifications/${ids[0]}/deliveries`);
    const outcomes = document.data.map(({ attributes }: { attributes: object }) => attributes);
    expect(outcomes).toContainEqual(expect.objectContaining({ subscriptionId: id, outcome: 'coalesced' }));

    // The minute is over.
    const mark = await markOf();
    if (mark) await latest.write({ ...mark, dueMillis: 0 });
    await wake();
    const marks = { delivery: 'latest', coalescedcount: 5, entitysequence: expect.any(String) };
    expect(await receiveEvents(queueUrl, 1)).toMatchObject([{ id: `${ids[4]}-latest`, ...marks }]);
    expect(await markOf()).toBeUndefined();
    await wake();
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    expect(Attributes?.ApproximateNumberOfMessages).toBe('0');
  });

  mirrorPromises({ twinOf: () => twin, sqs: () => sqs, mirrorOf: () => mirror, user });

  it('leave no queue behind when their subscription is deleted', async () => {
    const { id, queueUrl } = await subscribe({ queue: { kind: 'fifo' } });
    expect((await ask('DELETE', `/v1/subscriptions/${id}`)).status).toBe(204);
    await expect(sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl }))).rejects.toThrow();
    expect((await ask('GET', `/v1/subscriptions/${id}`)).status).toBe(404);
  });
});

describe('the consumers of docs/notifications.md', () =>
  documentedConsumers(
    () => twin,
    () => sqs,
    user,
  ));
