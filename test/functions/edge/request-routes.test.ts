import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createRequestRoutes } from '../../../functions/edge/request-routes.ts';
import { createMemoryConsumerRegistry } from '../../../shared/consumers/adapters/memory.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AnsweredRequest } from '../../../shared/exchange/decision.ts';
import { createMemoryRequestStore } from '../../../shared/requests/adapters/memory.ts';
import { explainRefusal } from '../../../shared/requests/rate-limit.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { createMemoryUsageStore } from '../../../shared/usage/adapters/memory.ts';
import { noCounts } from '../../../shared/usage/usage.ts';
import { aRecord, requestId, startMillis } from '../../shared/requests/support.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';
import { nonEmpty } from '../../support/non-empty.ts';

// Once the runtime's global is there.
const { documentReply, httpHandler } = await import('../../../functions/edge/http-handler.ts');

const publicUrl = 'https://facade.example.com';
const clock = { nowMillis: () => startMillis };
const scopes = { app: ['*:read'], reader: ['*:read'], all: ['*:*'], operator: ['requests:read'] };

const createReader = async () => {
  const registry = createMemoryConsumerRegistry();
  for (const [id, held] of Object.entries(scopes)) {
    await registry.save({ id, scopes: held, state: 'active' }, hashKey(id));
  }
  const store = createMemoryRequestStore();
  const usage = createMemoryUsageStore();
  const identifier = createIdentifier(registry, systemClock);
  const handler = httpHandler(publicUrl, createRequestRoutes({ identifier, store, usage, clock }));
  const read = async (id: string, key: string) => {
    const resource = '/v1/requests/{proxy+}';
    const path = `/v1/requests/${encodeURIComponent(id)}`;
    const event = proxyEvent({ resource, path, headers: { 'x-api-key': key } });
    const { status, body } = await invokeStreaming(handler, event);
    return { status, document: JSON.parse(body.toString()) };
  };
  const list = async (key: string, query: Record<string, string>, path = '/v1/requests') => {
    const event = proxyEvent({ resource: path, path, query, headers: { 'x-api-key': key } });
    const { status, body } = await invokeStreaming(handler, event);
    return { status, document: JSON.parse(body.toString()) };
  };
  /** A request of the consumer that has this id now. */
  const put = async (parts: Parameters<typeof aRecord>[0] = {}): Promise<void> => {
    const record = aRecord(parts);
    const found = await registry.findByKeyHash(hashKey(record.consumerId));
    await store.put({ ...record, incarnation: found?.consumer.incarnation });
  };
  return { store, put, usage, read, list };
};

describe('GET /v1/requests/{requestId}', () => {
  it('shows a request to its consumer, and to one with the scope by name', async () => {
    const { put, read } = await createReader();
    await put({ cacheStatus: 'fwd=uri-miss', sends: [0, 200] });
    const own = await read(requestId, 'app');
    expect(own.status).toBe(200);
    expect(own.document.data).toMatchObject({
      type: 'request',
      id: requestId,
      attributes: {
        consumerId: 'app',
        cacheStatus: 'fwd=uri-miss',
        sends: [{ answered: false }, { answered: true, status: 200 }],
        startedAt: new Date(startMillis).toISOString(),
        durationMillis: 25,
      },
    });
    expect(own.document.links.self).toBe(`${publicUrl}/v1/requests/${requestId}`);
    expect(await read(requestId.toUpperCase(), 'operator')).toEqual(own);
  });

  it.each(['reader', 'all'])('shows %s, whose scopes are wildcards, no request of another', async (key) => {
    const { put, read } = await createReader();
    await put();
    const foreign = await read(requestId, key);
    const unknown = await read('00000000-0000-4000-8000-000000000000', key);
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect(foreign.document).toEqual(unknown.document);
  });

  it.each(['request-1', '../secrets', `${requestId}0`, '%00'])('refuses the id %j', async (id) => {
    const { read } = await createReader();
    const { status, document } = await read(id, 'app');
    expect([status, document.errors[0].code, document.errors[0].source]).toEqual([
      400,
      'REQUEST_INVALID',
      { parameter: 'requestId' },
    ]);
  });

  it('tells a stranger nothing', async () => {
    const { read } = await createReader();
    expect((await read(requestId, 'nobody')).status).toBe(401);
  });

  it('explains a refusal: limit, until when, and a link to what its code means', async () => {
    const { put, read } = await createReader();
    const quota = { outcome: 'refused', priority: 'background', asked: 1, units: 0, waitedMillis: 25_000 } as const;
    const refusal = { limit: 'consumer-minute', retryAtMillis: startMillis + 7_000 };
    await put({ status: 429, errorCode: 'TOO_MANY_REQUESTS', sends: [], quota, refusal });
    const { data } = (await read(requestId, 'app')).document;
    expect(data.attributes.quota).toEqual({
      ...quota,
      shadow: false,
      refusedBy: 'consumer-minute',
      retryAt: new Date(startMillis + 7_000).toISOString(),
    });
    expect(data.links.error).toBe(`${publicUrl}/docs/guides/errors#TOO_MANY_REQUESTS`);
  });
});

describe('GET /v1/requests', () => {
  const listAs = async (key: string, query: Record<string, string> = {}) => {
    const { store, put, list } = await createReader();
    const times = { startedAtMillis: startMillis - 1_000 };
    await put({ ...times, status: 429, errorCode: 'TOO_MANY_REQUESTS', standsFor: 7, sends: [] });
    await put({ ...times, requestId: 'other', consumerId: 'reader' });
    // Of an earlier consumer with the id of this one.
    await store.put(aRecord({ ...times, requestId: 'earlier', incarnation: 'c_earlier' }));
    const minute = { consumerId: 'app', incarnation: 'c_earlier', minuteMillis: startMillis - 60_000, hits: 3 };
    await store.addHits(minute, 'w', startMillis / 1_000 + 60);
    for (const id of ['app', 'reader']) await store.noteConsumer(id, startMillis - (startMillis % 86_400_000));
    return list(key, query);
  };
  const idsOf = ({ document }: { document: { data: { id: string }[] } }) => document.data.map(({ id }) => id);

  it("lists a consumer's own requests, and all for one with the scope by name", async () => {
    const own = await listAs('app');
    expect(idsOf(own)).toEqual([requestId]);
    expect(own.document.data[0].attributes).toMatchObject({ status: 429, standsFor: 7 });
    const ofEarlier = [`app.${startMillis - 60_000}`];
    expect(idsOf(await listAs('operator'))).toEqual(['other', 'earlier', requestId, ...ofEarlier]);
    expect(idsOf(await listAs('operator', { 'filter[consumer]': 'app' }))).toEqual([
      'earlier',
      requestId,
      ...ofEarlier,
    ]);
    expect(idsOf(await listAs('all'))).toEqual([]);
  });

  it("refuses another consumer's requests, and says what scope they need", async () => {
    const { status, document } = await listAs('all', { 'filter[consumer]': 'app' });
    expect([status, document.errors[0].code]).toEqual([403, 'SCOPE_MISSING']);
    expect(document.errors[0].detail).toContain('requests:read');
  });

  it('pages by the link of the answer', async () => {
    const first = await listAs('operator', { 'page[limit]': '1', 'filter[status]': '4xx' });
    expect(idsOf(first)).toEqual([requestId]);
    const page = await listAs('operator', { 'page[limit]': '1' });
    expect(idsOf(page)).toEqual(['other']);
    const next = new URL(page.document.links.next);
    expect(idsOf(await listAs('operator', Object.fromEntries(next.searchParams)))).toEqual(['earlier']);
  });

  it.each([
    { 'filter[status]': '4x' },
    { 'filter[code]': 'no code' },
    { 'page[cursor]': 'AAAA' },
    { 'page[limit]': '0' },
    { 'filter[from]': '2026-06-02T00:00:00Z', 'filter[until]': '2026-06-01T00:00:00Z' },
  ])('refuses %j', async (query) => {
    const { status, document } = await listAs('app', query as Record<string, string>);
    expect([status, document.errors[0].code]).toEqual([400, 'REQUEST_INVALID']);
  });
});

describe('GET /v1/usage', () => {
  const listAs = async (key: string, query: Record<string, string> = {}) => {
    const { usage, list } = await createReader();
    const counts = { counters: { ...noCounts.counters, calls: 5, refusals: 2 }, refusalsByLimit: { tenant: 2 } };
    for (const consumerId of ['app', 'reader']) {
      await usage.noteConsumer(consumerId, startMillis);
      await usage.add('hour', { consumerId, keyId: 'key-1', startMillis, counts }, 'w');
    }
    return list(key, query, '/v1/usage');
  };
  const consumersOf = ({ document }: { document: { data: { attributes: { consumerId: string } }[] } }) =>
    document.data.map(({ attributes }) => attributes.consumerId);

  it("shows a consumer's own sums, and all to one with the scope by name", async () => {
    const own = await listAs('app');
    expect(own.document.data).toMatchObject([
      {
        type: 'usage',
        attributes: { consumerId: 'app', keyId: 'key-1', calls: 5, refusals: 2, refusalsByLimit: { tenant: 2 } },
      },
    ]);
    expect(consumersOf(await listAs('operator'))).toEqual(['app', 'reader']);
    expect(consumersOf(await listAs('operator', { 'filter[consumer]': 'reader' }))).toEqual(['reader']);
    expect((await listAs('all', { 'filter[consumer]': 'app' })).status).toBe(403);
    expect(consumersOf(await listAs('app', { granularity: 'day' }))).toEqual([]);
  });

  it('pages by the link of the answer', async () => {
    const first = await listAs('operator', { 'page[limit]': '1' });
    expect(consumersOf(first)).toEqual(['app']);
    const next = new URL(first.document.links.next);
    expect(consumersOf(await listAs('operator', Object.fromEntries(next.searchParams)))).toEqual(['reader']);
  });

  it.each([{ granularity: 'minute' }, { 'page[cursor]': 'AAAA' }, { 'page[limit]': '1001' }])(
    'refuses %j',
    async (query) => {
      expect((await listAs('app', query as Record<string, string>)).status).toBe(400);
    },
  );
});

describe('httpHandler', () => {
  const event = () => proxyEvent({ resource: '/v1/quota' });

  it('works after the answer has left whole, and before the invocation is over', async () => {
    const order: string[] = [];
    const body = Readable.from(
      (async function* () {
        yield Buffer.from('first ');
        await sleep(5);
        yield Buffer.from('last');
        order.push('left');
      })(),
    );
    const handler = httpHandler(
      publicUrl,
      async () => ({ status: 200, headers: [], body }),
      async () => {
        await sleep(5);
        order.push('kept');
      },
    );
    expect((await invokeStreaming(handler, event())).body.toString()).toBe('first last');
    expect(order).toEqual(['left', 'kept']);
  });

  it('tells what became of a request, also of one that failed, and what was noted on the way', async () => {
    const told: AnsweredRequest[] = [];
    const handler = httpHandler(
      publicUrl,
      async (request, facts) => {
        facts.consumer = request.method;
        if (request.method === 'GET') return documentReply(200, {});
        throw new AppError('SCOPE_MISSING');
      },
      async (answered) => void told.push(answered),
    );
    await invokeStreaming(handler, event());
    await invokeStreaming(handler, proxyEvent({ resource: '/v1/quota', method: 'POST' }));
    expect(told).toMatchObject([
      { requestId: 'invocation-1', status: 200, errorCode: undefined, decision: { consumer: 'GET' } },
      { status: 403, errorCode: 'SCOPE_MISSING', decision: { consumer: 'POST' } },
    ]);
    for (const { startedAtMillis, answeredAtMillis, endedAtMillis } of nonEmpty(told)) {
      expect(startedAtMillis).toBeLessThanOrEqual(answeredAtMillis);
      expect(answeredAtMillis).toBeLessThanOrEqual(endedAtMillis);
    }
  });

  it("knows requests by Lambda's id, since a client can choose API Gateway's", async () => {
    const ids: string[] = [];
    const handler = httpHandler(publicUrl, async ({ requestId }) => {
      ids.push(requestId);
      throw new AppError('SCOPE_MISSING');
    });
    const chosen = event();
    chosen.requestContext.requestId = 'chosen-by-the-client';
    const { headers, body } = await invokeStreaming(handler, chosen);
    expect([headers['x-request-id'], ...ids]).toEqual(['invocation-1', 'invocation-1']);
    expect(JSON.parse(body.toString())).toMatchObject({ errors: [{ id: 'invocation-1' }] });
  });

  it('tells two concurrent requests apart', async () => {
    const told: string[] = [];
    const handler = httpHandler(
      publicUrl,
      async (request, facts) => {
        facts.consumer = request.method;
        await sleep(request.method === 'GET' ? 10 : 1);
        return documentReply(200, {});
      },
      async ({ method, decision }) => void told.push(`${method} ${decision.consumer}`),
    );
    const call = (method: string) => invokeStreaming(handler, proxyEvent({ resource: '/v1/quota', method }));
    await Promise.all([call('GET'), call('POST')]);
    expect(told.toSorted()).toEqual(['GET GET', 'POST POST']);
  });

  it('is told of an answer that broke off', async () => {
    const told: number[] = [];
    const body = Readable.from(
      (async function* () {
        yield Buffer.from('first');
        throw new Error('gone');
      })(),
    );
    const handler = httpHandler(
      publicUrl,
      async () => ({ status: 200, headers: [], body }),
      async ({ status }) => {
        told.push(status);
      },
    );
    await expect(invokeStreaming(handler, event())).rejects.toThrow();
    expect(told).toEqual([200]);
  });

  it('answers a refusal of the quota with Retry-After and RateLimit fields that agree', async () => {
    const handler = httpHandler(publicUrl, async (_request, facts) => {
      const error = new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 9 });
      throw explainRefusal(
        error,
        [
          ['ratelimit-policy', '"tenant";q=10;w=60'],
          ['ratelimit', '"tenant";r=0;t=2'],
        ],
        facts,
      );
    });
    const { status, headers } = await invokeStreaming(handler, event());
    expect(status).toBe(429);
    expect(headers).toMatchObject({
      'retry-after': '9',
      'ratelimit-policy': '"tenant";q=10;w=60',
      ratelimit: '"tenant";r=0;t=9',
    });
  });
});
