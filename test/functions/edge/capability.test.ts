import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { AdminAct } from '../../../functions/edge/acts.ts';
import { type CapabilityParts, capability, done } from '../../../functions/edge/capability.ts';
import type { HttpRequest } from '../../../functions/edge/http-request.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { toErrorReply } from '../../../shared/errors/error-document.ts';
import type { Caller } from '../../../shared/exchange/consumer.ts';
import { content, nothing, route } from '../../../shared/routes/route.ts';
import { failedRequest } from '../../support/failed-request.ts';

const Thing = z.strictObject({ data: z.strictObject({ type: z.literal('thing'), id: z.string() }) });

const routes = [
  route({
    id: 'readThing',
    method: 'GET',
    path: '/v1/things/{thingId}',
    capability: 'things',
    scope: 'things:read',
    summary: 'One thing',
    query: z.strictObject({ 'page[limit]': z.coerce.number().int().min(1).max(9).optional() }),
    answers: { 200: Thing, 404: 'REQUEST_UNKNOWN' },
  }),
  route({
    id: 'changeThing',
    method: 'PATCH',
    path: '/v1/things/{thingId}',
    capability: 'things',
    scope: 'things:write',
    fresh: true,
    summary: 'Change a thing',
    headers: z.object({
      'if-match': z
        .string()
        .regex(/^"\d+"$/, 'must be an ETag such as "3"')
        .optional(),
    }),
    body: Thing,
    audit: 'things.change',
    answers: { 200: Thing },
  }),
  route({
    id: 'forgetThing',
    method: 'DELETE',
    path: '/v1/things/{thingId}',
    capability: 'things',
    scope: 'things:delete',
    summary: 'Forget a thing',
    audit: 'things.forget',
    answers: { 204: nothing },
  }),
  route({
    id: 'showPage',
    method: 'GET',
    path: '/page',
    capability: 'things',
    scope: 'everybody',
    summary: 'A page',
    answers: { 200: content('text/html', 'A page.') },
  }),
] as const;

const consumers: Readonly<Record<string, readonly string[]>> = { admin: ['things:*'], viewer: ['things:read'] };

type Wanted = Partial<Pick<HttpRequest, 'query' | 'headers' | 'body'>> & { readonly as?: string };

const start = () => {
  const acts: AdminAct[] = [];
  const fresh: boolean[] = [];
  const bodies: Readable[] = [];
  const identifier = {
    async identify(headers: HttpRequest['headers'], options?: { readonly fresh?: boolean }): Promise<Caller> {
      fresh.push(options?.fresh ?? false);
      const id = headers.find(([name]) => name === 'x-api-key')?.[1] ?? '';
      const scopes = consumers[id];
      if (!scopes) throw new AppError('CONSUMER_UNKNOWN');
      return { consumer: { id, scopes: [...scopes], state: 'active' } };
    },
  };
  const parts: CapabilityParts = {
    identifier: identifier as NonNullable<CapabilityParts['identifier']>,
    acts: {
      async around(act, run) {
        acts.push(act);
        return run();
      },
    },
  };
  const handle = capability(routes)(parts, {
    readThing: async ({ path, query }) => ({
      status: 200,
      document: { data: { type: 'thing', id: `${path.thingId} ${query['page[limit]'] ?? ''}`.trim() } },
      headers: [['etag', '"1"']],
    }),
    changeThing: async ({ act, body, path }) =>
      act(path.thingId, async () => ({ status: 200, document: { data: { type: 'thing', id: body.data.id } } })),
    forgetThing: async () => done,
    showPage: async () => {
      const body = Readable.from([Buffer.from('<p>')]);
      bodies.push(body);
      return { status: 200, headers: [['content-type', 'text/html']], body };
    },
  });
  const ask = async (method: string, path: string, { as = 'admin', headers = [], ...rest }: Wanted = {}) => {
    const request: HttpRequest = {
      ...{ requestId: 'r1', method, route: '/v1/things/{proxy+}', path, query: [] },
      ...{ headers: [['x-api-key', as], ...headers], body: undefined, publicUrl: 'https://facade.example.com' },
      ...{ deadlineMillis: 0, ...rest },
    };
    const facts: Record<string, unknown> = {};
    const reply = await handle(request, facts).catch((error: unknown) => {
      const { status, headers: sent, document } = toErrorReply(error, failedRequest);
      return { status, headers: sent, body: Buffer.from(JSON.stringify(document)) };
    });
    const text = reply.body instanceof Uint8Array ? Buffer.from(reply.body).toString() : undefined;
    return {
      status: reply.status,
      headers: new Map(reply.headers),
      text,
      facts,
      document: text ? JSON.parse(text) : undefined,
    };
  };
  return { ask, acts, fresh, bodies };
};

const thing = (id: string) => Buffer.from(JSON.stringify({ data: { type: 'thing', id } }));
const firstError = (document: { errors: { code: string; detail: string; source?: object }[] }) => document.errors[0];

describe('a capability', () => {
  it('runs the handler of the route, and names both in the facts', async () => {
    const { ask } = start();
    const { status, document, facts, headers } = await ask('GET', '/v1/things/a%20b', {
      query: [['page[limit]', '3']],
    });
    expect([status, document, headers.get('etag')]).toEqual([200, { data: { type: 'thing', id: 'a b 3' } }, '"1"']);
    expect(facts).toEqual({ route: '/v1/things/{thingId}', operation: 'readThing', consumer: 'admin' });
  });

  it('answers 404 for a path that no route has, before it asks who calls', async () => {
    const { ask, fresh } = start();
    const { status, document } = await ask('GET', '/v1/thing', { as: 'nobody' });
    expect([status, firstError(document)?.code, fresh]).toEqual([404, 'ROUTE_UNKNOWN', []]);
  });

  it('answers 405 with Allow for a method that the path does not take', async () => {
    const { ask } = start();
    const { status, headers, document } = await ask('PUT', '/v1/things/1');
    expect([status, headers.get('allow')]).toEqual([405, 'GET, PATCH, DELETE, HEAD, OPTIONS']);
    expect(firstError(document)?.detail).toBe('/v1/things/{thingId} takes GET, PATCH, DELETE, HEAD, OPTIONS, not PUT.');
  });

  it('answers OPTIONS without a key', async () => {
    const { ask } = start();
    const { status, headers } = await ask('OPTIONS', '/page', { as: 'nobody' });
    expect([status, headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  it('answers HEAD as GET without the body, and lets a stream go', async () => {
    const { ask, bodies } = start();
    expect(await ask('HEAD', '/page')).toMatchObject({ status: 200, text: undefined });
    expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true]);
  });

  it('refuses a caller without the scope before it reads the body', async () => {
    const { ask } = start();
    const { status, document } = await ask('PATCH', '/v1/things/1', { as: 'viewer', body: Buffer.from('{') });
    expect([status, firstError(document)?.code]).toEqual([403, 'SCOPE_MISSING']);
  });

  it('decides on the record as it is now where the definition says so', async () => {
    const { ask, fresh } = start();
    await ask('GET', '/v1/things/1');
    await ask('PATCH', '/v1/things/1', { body: thing('2') });
    expect(fresh).toEqual([false, true]);
  });

  it('refuses query parameters that the route does not know, each by its name', async () => {
    const { ask } = start();
    const query = [
      ['a', '1'],
      ['page[limit]', '1'],
      ['b', ''],
    ] as const;
    const { status, document } = await ask('GET', '/v1/things/1', { query });
    expect([status, document.errors.map(({ source }: { source: object }) => source)]).toEqual([
      400,
      [{ parameter: 'a' }, { parameter: 'b' }],
    ]);
    expect(firstError(document)?.detail).toBe('a: is not a query parameter here. This route takes page[limit].');
  });

  it.each([
    [[['page[limit]', '10']], { parameter: 'page[limit]' }],
    [[['page[limit]', 'x']], { parameter: 'page[limit]' }],
  ] as const)('refuses the query %j', async (query, source) => {
    const { ask } = start();
    const { status, document } = await ask('GET', '/v1/things/1', { query });
    expect([status, firstError(document)?.source]).toEqual([400, source]);
  });

  it('refuses a header that is not of its form', async () => {
    const { ask } = start();
    const { document } = await ask('PATCH', '/v1/things/1', { headers: [['if-match', '3']], body: thing('1') });
    expect(firstError(document)).toMatchObject({
      source: { header: 'if-match' },
      detail: 'if-match: must be an ETag such as "3".',
    });
  });

  it.each([
    [undefined, [], 400, ''],
    [Buffer.from('{'), [], 400, ''],
    [Buffer.from('{"data":{"type":"thing","id":1}}'), [], 400, '/data/id'],
    [thing('1'), [['content-type', 'text/csv']], 415, undefined],
    [thing('1'), [['content-type', 'application/x-www-form-urlencoded']], 415, undefined],
  ] as const)('refuses the body %s with headers %j', async (body, headers, status, pointer) => {
    const { ask, acts } = start();
    const reply = await ask('PATCH', '/v1/things/1', { body, headers });
    expect([reply.status, (firstError(reply.document)?.source as { pointer?: string })?.pointer]).toEqual([
      status,
      pointer,
    ]);
    expect(acts).toEqual([]);
  });

  it.each([
    'application/json',
    'application/vnd.api+json; charset=utf-8',
    'APPLICATION/JSON',
    'text/plain;charset=UTF-8',
  ])('takes a body of %s', async (mediaType) => {
    const { ask } = start();
    const reply = await ask('PATCH', '/v1/things/1', { body: thing('9'), headers: [['content-type', mediaType]] });
    expect([reply.status, reply.document]).toEqual([200, { data: { type: 'thing', id: '9' } }]);
  });

  it('records the act that the definition names', async () => {
    const { ask, acts } = start();
    await ask('PATCH', '/v1/things/1', { body: thing('2') });
    expect(acts).toEqual([expect.objectContaining({ act: 'things.change', target: '1', requestId: 'r1' })]);
  });

  it('fails where a handler forgets to record its act', async () => {
    const { ask } = start();
    expect((await ask('DELETE', '/v1/things/1')).status).toBe(500);
  });
});
