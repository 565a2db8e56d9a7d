/** Bodies of the facade's own routes are bounded before anything looks into them. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createCacheRoutes } from '../../../functions/edge/cache-routes.ts';
import { capability } from '../../../functions/edge/capability.ts';
import { documentReply, type Handle, httpHandler } from '../../../functions/edge/http-handler.ts';
import type { HttpRequest } from '../../../functions/edge/http-request.ts';
import { mostBodyBytes } from '../../../functions/edge/json-body.ts';
import { readJsonBody } from '../../../functions/edge/parse-request.ts';
import type { Identifier } from '../../../shared/consumers/identify.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { mostFaults } from '../../../shared/routes/faults.ts';
import { content, route } from '../../../shared/routes/route.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';

const Anything = z.looseObject({});
const asked: HttpRequest[] = [];
/** Reads its body, as the routes do. */
const read = async (request: HttpRequest) => {
  asked.push(request);
  return { ...documentReply(200, { read: Object.keys(readJsonBody(request, Anything)).length }), status: 200 as const };
};
const postThing = route({
  ...{ id: 'postThing', method: 'POST', path: '/v1/things', capability: 'things', scope: 'everybody' },
  ...{ summary: 'Posts a thing', answers: { 200: content('application/json', 'How much was read.') } },
});
const own = capability([postThing])({}, { postThing: ({ request }) => read(request) });

type Parts = { readonly body: Buffer; readonly resource?: string; readonly headers?: Record<string, string> };
const sendTo = async (handle: Handle, { body, resource = '/v1/things', headers = {} }: Parts) => {
  const { status, body: answer } = await invokeStreaming(
    httpHandler('https://facade.example.com', handle),
    proxyEvent({ method: 'POST', resource, body, headers: { 'content-type': 'application/json', ...headers } }),
  );
  const { errors, read: found } = JSON.parse(answer.toString());
  return { status, code: errors?.[0].code, detail: errors?.[0].detail, read: found };
};

const send = (parts: Parts) => sendTo(own, parts);

const paddedTo = (sizeBytes: number): Buffer => Buffer.from(`{"a":1}${' '.repeat(sizeBytes - 7)}`);
const nested = (levels: number): Buffer => Buffer.from(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

describe('a body of a route of the facade’s own', () => {
  it('of 64 KiB is read, and one byte more is refused, in characters of any width', async () => {
    expect(await send({ body: paddedTo(mostBodyBytes) })).toMatchObject({ status: 200, read: 1 });
    const refused = await send({ body: paddedTo(mostBodyBytes + 1) });
    expect(refused).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });
    expect(refused.detail).toContain('65537 bytes; this route takes at most 65536');
    const wide = Buffer.from(`{"a":"${'é'.repeat(40_000)}"}`);
    expect(await send({ body: wide })).toMatchObject({ status: 413 });
  });

  it('is refused before the route sees the request', async () => {
    asked.length = 0;
    for (const body of [paddedTo(4_000_000), Buffer.from('['.repeat(4_000_000))])
      expect(await send({ body })).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });
    expect(asked).toEqual([]);
  });

  it('nests 32 levels, and no more', async () => {
    expect(await send({ body: nested(32) })).toMatchObject({ status: 200 });
    expect(await send({ body: nested(33) })).toMatchObject({ status: 400, code: 'REQUEST_TOO_DEEP' });
    expect(await send({ body: Buffer.from('['.repeat(60_000)) })).toMatchObject({ code: 'REQUEST_TOO_DEEP' });
  });

  it('may be as wide as it is long', async () => {
    const names = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`n${index}`, 1]));
    expect(await send({ body: Buffer.from(JSON.stringify(names)) })).toMatchObject({ status: 200, read: 5_000 });
  });

  it.each(['gzip', 'GZIP', 'br', 'identity, gzip'])('is not unpacked: %s', async (coding) => {
    const body = gzipSync(paddedTo(1_000_000));
    const refused = await send({ body, headers: { 'content-encoding': coding } });
    expect(refused).toMatchObject({ status: 415, code: 'MEDIA_TYPE_UNKNOWN' });
    expect(await send({ body: paddedTo(10), headers: { 'content-encoding': 'identity' } })).toMatchObject({
      status: 200,
    });
  });

  it.each(['', '{', '\u0000', '"\\', 'null null'])('is refused when it is no JSON: %j', async (text) => {
    expect(await send({ body: Buffer.from(text) })).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  });
});

it('native bodies are the tenant’s to judge', async () => {
  const resource = '/api/rest/v1.0/{proxy+}';
  const deep = Buffer.from(`{"a":${'['.repeat(20)}${']'.repeat(20)}}${' '.repeat(100_000)}`);
  expect(await sendTo(read, { body: deep, resource })).toMatchObject({ status: 200 });
});

it('a caller who is not known causes no parsing', async () => {
  const identifier: Identifier = {
    identify: async () => {
      throw new AppError('CONSUMER_UNKNOWN');
    },
  };
  const routes = createCacheRoutes({ identifier, admin: {} as never });
  const event = proxyEvent({ method: 'POST', resource: '/v1/cache/purges', body: Buffer.from('[[[ no JSON') });
  const { status } = await invokeStreaming(httpHandler('https://facade.example.com', routes), event);
  expect(status).toBe(401);
});

it.each([
  ['thousands of unknown names', Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`name${index}`, 1]))],
  ['a name as long as the body', { ['x'.repeat(60_000)]: 1 }],
])('a refusal does not repeat %s', async (_what, names) => {
  const strict = httpHandler('https://facade.example.com', async (request) =>
    documentReply(200, readJsonBody(request, z.strictObject({}))),
  );
  const event = proxyEvent({ method: 'POST', resource: '/v1/things', body: Buffer.from(JSON.stringify(names)) });
  const { status, body } = await invokeStreaming(strict, event);
  const { errors } = JSON.parse(body.toString());
  expect([status, errors.length]).toEqual([400, Math.min(Object.keys(names).length, mostFaults)]);
  // No more than 2,000 bytes for each that is named.
  expect(body.byteLength).toBeLessThan(2_000 * errors.length);
});
