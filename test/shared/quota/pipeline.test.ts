/** The governor in its place: a native pipeline over HTTP, with a budget too small for it. */
import { describe, expect, it } from 'vitest';
import { defaultProfile } from '../../../shared/exchange/quota-profile.ts';
import { createMemoryQuotaStore } from '../../../shared/quota/adapters/memory.ts';
import { createQuotaGate } from '../../../shared/quota/gate.ts';
import { createGovernor } from '../../../shared/quota/governor.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { systemTicker } from '../../../shared/quota/ticker.ts';
import { createTestPipeline, nativeRequest } from '../../support/pipeline.ts';
import { type Answering, startUpstream } from '../../support/upstream.ts';

const operation = 'GET /entities/{eid}';

const answerWith =
  (status: number): Answering =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/vnd.api+json' });
    response.end(status === 429 ? '{"errors":[{"status":"429"}]}' : '{"data":{}}');
  };

const createLimited = async (limit: number, answering: Answering) => {
  const { url, seen } = await startUpstream(answering);
  const store = createMemoryQuotaStore(() => Math.floor(Date.now() / 1_000) * 1_000);
  const policy = { ...defaultPolicy, limit, interactiveWaitMillis: 0 };
  const governor = createGovernor({ store, ticker: systemTicker, policy });
  const { gate, onSend } = createQuotaGate({ governor, policy, profileOf: () => defaultProfile, nowMillis: Date.now });
  const { pipeline } = await createTestPipeline(url, { quota: gate, onSend });
  return { pipeline, seen, store };
};

describe('a pipeline with a budget', () => {
  it('counts every send, repeated ones too, and refuses what goes beyond', async () => {
    const { pipeline, seen } = await createLimited(2, answerWith(503));
    await expect(pipeline.answer(nativeRequest())).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      facts: { retryAfterSeconds: expect.any(Number) },
    });
    expect(seen).toHaveLength(2);
  });

  it('tells all instances of a 429 of the tenant, and passes it on', async () => {
    const { pipeline, store } = await createLimited(10, answerWith(429));
    expect((await pipeline.answer(nativeRequest())).status).toBe(429);
    const operations = async () => (await store.read()).value?.state.operations;
    await expect.poll(operations).toEqual({ [operation]: expect.objectContaining({ refusals: 1 }) });
    expect((await store.read()).value?.state.cut).toBeUndefined();
  });
});
