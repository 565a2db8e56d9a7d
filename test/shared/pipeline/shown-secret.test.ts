/** The whole way of an answer that repeats the credential: over HTTP, with cache, audit and idempotency keys on. */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createMemoryAuditLog } from '../../../shared/audit/adapters/memory.ts';
import { createAudit } from '../../../shared/audit/audit.ts';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import type { Decision } from '../../../shared/exchange/decision.ts';
import { headerValue } from '../../../shared/http/headers.ts';
import { createMemoryIdempotencyStore } from '../../../shared/idempotency/adapters/memory.ts';
import { createIdempotency } from '../../../shared/idempotency/idempotency.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { createTestPipeline, nativeRequest, upstreamSecret } from '../../support/pipeline.ts';
import { type Answering, startUpstream } from '../../support/upstream.ts';
import { bytesOf, failing, jsonApi } from './support.ts';

const dump = (value: unknown): string =>
  inspect(value, { depth: 12, maxStringLength: null, maxArrayLength: null, showHidden: true });

const create = async (answering: Answering) => {
  const { url, seen } = await startUpstream(answering);
  const put: unknown[] = [];
  const store = createMemoryCacheStore(systemClock);
  const kept: typeof store.put = (key, entry) => {
    put.push({ ...entry, text: Buffer.from(entry.body).toString('latin1') });
    return store.put(key, entry);
  };
  const keys = createMemoryIdempotencyStore();
  const log = createMemoryAuditLog(Date.now);
  const shown: unknown[] = [];
  let ids = 0;
  const parts = { clock: systemClock, newId: () => `id-${++ids}`, pause: async () => {} };
  const cacheStore = { ...store, put: kept };
  const { pipeline } = await createTestPipeline(url, {
    cache: createAnswerCache({ store: cacheStore, clock: systemClock, plan: createNativePlanner(cacheStore) }),
    audit: createAudit({ ...parts, log, retentionDays: 1, whenStoreFails: 'refuse', onLost: () => {} }),
    idempotency: createIdempotency({ ...parts, store: keys, lifeHours: 1, onFailure: () => {} }),
    onSecret: (_exchange, { id }, withheld) => void shown.push({ id, ...withheld }),
  });
  const records = async () => (await log.read({ fromMillis: 0, untilMillis: Date.now() + 1_000 }, 100)).records;
  return {
    pipeline,
    seen,
    shown,
    records,
    everythingKept: async () => dump([put, [...keys.records], await records()]),
  };
};

/** Repeats the headers of the request, as debugging end points do. */
const echoing: Answering = ({ method, headers }, response) => {
  response.setHeader('x-echo', JSON.stringify(headers));
  response.setHeader('set-cookie', `key=${upstreamSecret}`);
  response.setHeader('x-api-key', upstreamSecret);
  response.writeHead(method === 'POST' ? 201 : 200, jsonApi);
  response.end(JSON.stringify({ data: { id: 'experiment:e9', type: 'entity' }, meta: { headers } }));
};

const post = (headers: readonly (readonly [string, string])[] = []) =>
  nativeRequest({
    method: 'POST',
    path: '/entities',
    headers: [['x-api-key', 'app'], ['idempotency-key', 'k1'], ...headers],
    body: Buffer.from('{}'),
  });

describe('an upstream that repeats the credential', () => {
  it('reaches neither callers nor the cache when it answers a read', async () => {
    const { pipeline, seen, shown, everythingKept } = await create(echoing);
    const decisions: Decision[] = [{}, {}];
    for (const decision of nonEmpty(decisions)) {
      const answer = await pipeline.answer(nativeRequest(), decision);
      const text = dump(answer.headers) + (await bytesOf(answer)).toString();
      expect(answer.status).toBe(200);
      expect(text).toContain('********');
      expect(text).not.toContain(upstreamSecret);
      expect(answer.headers.map(([name]) => name)).not.toContain('x-api-key');
    }
    expect(seen).toHaveLength(2);
    expect(dump(decisions) + (await everythingKept())).not.toContain(upstreamSecret);
    expect(shown).toContainEqual({ id: expect.any(String), where: 'body', how: 'masked' });
    expect(dump(shown)).not.toContain(upstreamSecret);
  });

  it('leaves a write known to be done: its status and its id, and the audit log says so', async () => {
    const { pipeline, records, everythingKept } = await create(echoing);
    const answer = await pipeline.answer(post());
    const body = await bytesOf(answer);
    expect([answer.status, JSON.parse(body.toString()).data.id]).toEqual([201, 'experiment:e9']);
    expect(headerValue(answer.headers, 'content-length')).toBe(String(body.byteLength));
    expect((await records())[0]).toMatchObject({ outcome: 'done', status: 201, entity: 'experiment:e9' });
    expect(await everythingKept()).not.toContain(upstreamSecret);
  });

  it('is not repeated under an idempotency key, nor sent again: only its status was kept', async () => {
    const { pipeline, seen } = await create(echoing);
    await pipeline.answer(post());
    const again = await failing(pipeline.answer(post()));
    expect([again.code, again.facts.detail]).toEqual([
      'IDEMPOTENCY_UNREPLAYABLE',
      expect.stringContaining('was answered with 201'),
    ]);
    expect(seen).toHaveLength(1);
  });

  it('is cut in the middle of a file', async () => {
    const before = Buffer.alloc(3_000_000, 'x');
    const { pipeline, shown } = await create((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' });
      response.write(before);
      response.write(upstreamSecret.slice(0, 6));
      setTimeout(() => response.end(`${upstreamSecret.slice(6)} after`), 20);
    });
    const answer = await pipeline.answer(nativeRequest({ path: '/entities/export/pdf/file-1' }));
    const passed: Buffer[] = [];
    const reading = (async () => {
      for await (const chunk of answer.body as AsyncIterable<Buffer>) passed.push(chunk);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'ANSWER_WITHHELD' });
    expect(answer.status).toBe(200);
    expect(Buffer.concat(passed).equals(before.subarray(0, Buffer.concat(passed).length))).toBe(true);
    expect(shown).toEqual([{ id: expect.any(String), where: 'body', how: 'cut' }]);
  });

  it('refuses a file that the cache would have kept, before its status is out', async () => {
    const { pipeline, everythingKept } = await create((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<pre>${Buffer.from(`key: ${upstreamSecret}`).toString('base64')}</pre>`);
    });
    const outcome = await pipeline.answer(nativeRequest()).then(bytesOf, (error: unknown) => error);
    expect(outcome).toMatchObject({ code: 'ANSWER_WITHHELD' });
    expect(await everythingKept()).not.toContain(Buffer.from(upstreamSecret).toString('base64').slice(0, 16));
  });
});
