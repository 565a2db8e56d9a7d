/** Which pushes a mirror gets, and how each push ends. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mirroredHeader } from '../../../shared/config/names.ts';
import { createQueueHealth } from '../../../shared/fan-out/queue-health.ts';
import { createForward, type Received } from '../../../shared/mirrors/forward.ts';
import { isInShare, Mirror, type MirrorToSendTo } from '../../../shared/mirrors/mirror.ts';
import { toMirrorSubscribers } from '../../../shared/mirrors/mirror-subscribers.ts';
import { toCloudEvent } from '../../../shared/notifications/cloud-event.ts';
import { createNodeHttpTransport } from '../../../shared/upstream/adapters/node-http.ts';
import { createWorld, notificationOf, source } from '../../support/fan-out-world.ts';
import { guideDocument } from '../notifications/builders.ts';

const hour = 3_600_000;
const mirrorOf = (facts: object = {}): Mirror =>
  Mirror.parse({
    name: 'staging',
    url: 'https://staging.example.com/hooks/signals',
    header: 'X-Signals-Hook',
    ...facts,
  });
const arn = 'arn:aws:sqs:us-east-1:000000000000:stack-staging.fifo';
const withQueue = (facts: object = {}): MirrorToSendTo => ({
  ...mirrorOf(facts),
  ...{ arn, deadLettersArn: `${arn.slice(0, -5)}-dead.fifo`, queueUrl: 'u', deadLettersUrl: 'd' },
});

describe('a mirror', () => {
  const got = async (facts: object, notifications: Parameters<typeof notificationOf>[0][]) => {
    const { push, run, queues } = createWorld(toMirrorSubscribers([withQueue(facts)]));
    for (const one of notifications) await push(notificationOf(one));
    await run(1_000);
    return queues.receivedBy(arn).map(({ id }) => id);
  };

  it('gets what the tenant pushed; nothing that was pulled or reconstructed, of the facade, or of another mirror', async () => {
    const origins = ['push', 'pull', 'reconstructed', 'mirror', 'facade'] as const;
    const events = origins.map((origin) => ({ id: origin, entity: origin, origin }));
    expect(await got({}, events)).toEqual(['push']);
  });

  it('gets the types that it names', async () => {
    const events = ['close', 'reopen', 'sign'].map((type) => ({ id: type, type }));
    expect(await got({ types: ['close', 'sign'] }, events)).toEqual(['close', 'sign']);
  });

  it('gets about its share, with the same answer for each copy of one notification', () => {
    const ids = Array.from({ length: 2_000 }, (_, index) => String(index));
    const half = ids.filter((id) => isInShare({ name: 'staging', share: 0.5 }, id));
    expect(half.length).toBeGreaterThan(900);
    expect(half.length).toBeLessThan(1_100);
    expect(ids.filter((id) => isInShare({ name: 'staging', share: 0.5 }, id))).toEqual(half);
    expect(ids.filter((id) => isInShare({ name: 'staging', share: 1 }, id))).toEqual(ids);
  });
});

type Seen = { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string };

/** A hook on loopback that answers with `statuses`, one after the other. */
const startHook = async (statuses: readonly number[], headers: Record<string, string> = {}) => {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      response.writeHead(statuses[seen.length - 1] ?? 204, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/signals` };
};

const startMillis = Date.now();
const received = (facts: Partial<Received> = {}): Received => ({
  body: toCloudEvent(notificationOf({ id: '77', document: guideDocument() }), { source }),
  ...{ sentAtMillis: startMillis, receiveCount: 1, ...facts },
});

const createScene = (value: string | undefined = 'the value of the mirror') => {
  const clock = { now: startMillis, nowMillis: () => clock.now };
  const transport = createNodeHttpTransport();
  onTestFinished(() => transport.close());
  const health = createQueueHealth(clock);
  return { clock, forward: createForward({ transport, readHeader: async () => value, health, clock, stage: 'prod' }) };
};

describe('forwarding a push', () => {
  it('posts the native document, redacted, with the header of the mirror and the mark that it is forwarded', async () => {
    const { seen, url } = await startHook([204]);
    const { forward } = createScene();
    const mirror = mirrorOf({ url, redact: ['data.relationships.createdBy'] });
    expect(await forward(mirror, received())).toEqual({ kind: 'done' });
    const [{ url: path, headers, body } = {} as Seen] = seen;
    expect(path).toBe('/hooks/signals');
    expect(headers).toMatchObject({ 'x-signals-hook': 'the value of the mirror', [mirroredHeader]: 'prod' });
    const document = guideDocument();
    const relationships = { ...document.data.relationships, createdBy: null };
    expect(JSON.parse(body)).toEqual({ data: { ...document.data, relationships } });
  });

  it('redacts a push that is the resource alone, which the hook takes too', async () => {
    const { seen, url } = await startHook([204]);
    const { forward } = createScene();
    const { data } = guideDocument();
    const body = { ...received().body, data };
    await forward(mirrorOf({ url, redact: ['data.relationships.createdBy'] }), received({ body }));
    expect(JSON.parse(seen[0]?.body ?? '{}')).toMatchObject({
      data: { id: data.id, relationships: { createdBy: null } },
    });
  });

  it('retries a push whose header value cannot be read, and gives it up after 28 hours, so that an alarm tells', async () => {
    const { clock } = createScene();
    const transport = createNodeHttpTransport();
    onTestFinished(() => transport.close());
    const readHeader = () => Promise.reject(new Error('the key is disabled'));
    const forward = createForward({ transport, readHeader, health: createQueueHealth(clock), clock, stage: 'prod' });
    expect(await forward(mirrorOf({}), received())).toMatchObject({ kind: 'retry', afterSeconds: 30 });
    clock.now += 28 * hour;
    expect(await forward(mirrorOf({}), received({ receiveCount: 120 }))).toMatchObject({ kind: 'dead-letter' });
  });

  it('retries what failed, with growing waits, and gives it up after 28 hours', async () => {
    const { url } = await startHook([503, 401, 500, 502]);
    const { clock, forward } = createScene();
    const mirror = mirrorOf({ url });
    expect(await forward(mirror, received())).toMatchObject({ kind: 'retry', afterSeconds: 30 });
    expect(await forward(mirror, received({ receiveCount: 2 }))).toMatchObject({ kind: 'retry', afterSeconds: 60 });
    clock.now += 24 * hour;
    expect(await forward(mirror, received({ receiveCount: 90 }))).toMatchObject({ kind: 'retry', afterSeconds: 900 });
    clock.now += 4 * hour;
    expect((await forward(mirror, received({ receiveCount: 120 }))).kind).toBe('dead-letter');
  });

  it('gives up at once a push that the mirror does not take, and leaves the others', async () => {
    const { seen, url } = await startHook([413, 204]);
    const { forward } = createScene();
    expect(await forward(mirrorOf({ url }), received())).toEqual({
      ...{ kind: 'dead-letter', reason: 'the mirror answered 413' },
    });
    expect(await forward(mirrorOf({ url }), received())).toEqual({ kind: 'done' });
    expect(seen.length).toBe(2);
  });

  it('leaves a mirror alone for a while that has failed twice in a row', async () => {
    const { seen, url } = await startHook([500, 500, 204]);
    const { clock, forward } = createScene();
    for (let time = 0; time < 10; time += 1) await forward(mirrorOf({ url }), received());
    expect(seen.length).toBe(2);
    clock.now += 60_000;
    expect(await forward(mirrorOf({ url }), received())).toEqual({ kind: 'done' });
  });

  it('follows no redirect, so that the header goes to no other host', async () => {
    const other = await startHook([204]);
    const { url } = await startHook([307], { location: other.url });
    const { forward } = createScene();
    expect((await forward(mirrorOf({ url }), received())).kind).toBe('retry');
    expect(other.seen).toEqual([]);
  });

  it('waits for an operator to set the value of the header, and sends nothing without it', async () => {
    const { seen, url } = await startHook([]);
    const { clock } = createScene();
    const transport = createNodeHttpTransport();
    const health = createQueueHealth(clock);
    const forward = createForward({ transport, readHeader: async () => undefined, health, clock, stage: 'prod' });
    expect(await forward(mirrorOf({ url }), received())).toMatchObject({ kind: 'retry' });
    expect(seen).toEqual([]);
    transport.close();
  });
});
