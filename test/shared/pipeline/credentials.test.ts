import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { createMemoryConsumerRegistry } from '../../../shared/consumers/adapters/memory.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import { createCredentialChooser, noUserTokens } from '../../../shared/credentials/choose.ts';
import type { ServiceKeys, UserTokens } from '../../../shared/credentials/credential.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import type { Credential } from '../../../shared/exchange/credential.ts';
import { type AnswerCache, noQuota } from '../../../shared/exchange/exchange.ts';
import { type SendOutcome, statusOf } from '../../../shared/exchange/send-outcome.ts';
import { headerValue } from '../../../shared/http/headers.ts';
import { createMemoryIdempotencyStore } from '../../../shared/idempotency/adapters/memory.ts';
import { createIdempotency } from '../../../shared/idempotency/idempotency.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { createTestPipeline, nativeRequest } from '../../support/pipeline.ts';
import { type Answering, startUpstream } from '../../support/upstream.ts';
import { bytesOf } from './support.ts';

const key = (id: string, owner = 'svc'): Credential => ({
  kind: 'service',
  id,
  principal: `service:signals:${owner}`,
  secret: `secret-${id}`,
});

/** Gives out the first key that was not refused. */
const poolOf = (...keys: Credential[]) => {
  const refused = new Set<string>();
  const outcomes: [string, SendOutcome][] = [];
  const pool: ServiceKeys = {
    choose: async () => keys.find(({ id }) => !refused.has(id)) ?? (keys[0] as Credential),
    async observe(_upstream, { id }, outcome) {
      outcomes.push([id, outcome]);
      if (statusOf(outcome) === 401) refused.add(id);
    },
  };
  return { pool, outcomes };
};

/** Accepts only these secrets. */
const accepting =
  (...secrets: string[]): Answering =>
  ({ headers }, response) => {
    const sent = headers.find(([name]) => name === 'x-api-key' || name === 'authorization')?.[1] ?? '';
    response.writeHead(secrets.includes(sent.replace('Bearer ', '')) ? 200 : 401).end();
  };

const person: Consumer = { id: 'app', scopes: ['*:*'], state: 'active', actsAs: ['user', 'bearer'] };

const start = async (answering: Answering, pool: ServiceKeys, userTokens: UserTokens = noUserTokens) => {
  const { url, seen } = await startUpstream(answering);
  const principals: string[] = [];
  const cache: AnswerCache = {
    async answer({ principal }, forward) {
      principals.push(principal);
      return { answer: await forward(), cacheStatus: 'fwd=bypass' };
    },
  };
  const credentials = createCredentialChooser(pool, userTokens);
  return { seen, principals, ...(await createTestPipeline(url, { credentials, cache })) };
};

describe('a refusal of the quota', () => {
  const refuse = () => {
    throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 1 });
  };
  const quota = { ...noQuota, admit: async () => refuse(), refuseForeseen: refuse };
  const idempotency = createIdempotency({
    store: createMemoryIdempotencyStore(),
    clock: systemClock,
    newId: randomUUID,
    lifeHours: 1,
    onFailure: () => {},
    pause: async () => {},
  });

  it.each([[], [['idempotency-key', 'k1'] as const]])(
    'says as whom the call would have gone, with and without a key',
    async (...keys) => {
      const { pipeline } = await createTestPipeline('http://127.0.0.1:9', { quota, idempotency });
      const headers = [['x-api-key', 'app'] as const, ...keys];
      const call = pipeline.answer(
        nativeRequest({ method: 'POST', path: '/entities', headers, body: Buffer.from('{}') }),
      );
      await expect(call).rejects.toMatchObject({
        code: 'TOO_MANY_REQUESTS',
        facts: { headers: expect.arrayContaining([['x-acting-as', 'service']]) },
      });
    },
  );
});

describe('a key that the upstream refuses', () => {
  it('is replaced within the request, for writes too, and the cache is asked as the new one', async () => {
    const { pool, outcomes } = poolOf(key('a', 'one'), key('b', 'two'));
    const { pipeline, seen, principals } = await start(accepting('secret-b'), pool);
    const answer = await pipeline.answer(nativeRequest({ method: 'PATCH', body: Buffer.from('{}') }));
    expect(answer.status).toBe(200);
    expect(seen).toHaveLength(2);
    expect(principals).toEqual(['service:signals:one', 'service:signals:two']);
    expect(outcomes.map(([id, outcome]) => [id, statusOf(outcome)])).toEqual([
      ['a', 401],
      ['b', 200],
    ]);
  });

  it('is not asked again when there is no other', async () => {
    const { pipeline, seen } = await start(accepting(), poolOf(key('a')).pool);
    await expect(pipeline.answer(nativeRequest())).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    expect(seen).toHaveLength(1);
  });

  it('ends after three', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e'].map((id) => key(id));
    const { pipeline, seen } = await start(accepting('secret-e'), poolOf(...keys).pool);
    await expect(pipeline.answer(nativeRequest())).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    expect(seen).toHaveLength(3);
  });

  it('cannot be replaced once a stream was sent', async () => {
    const { pipeline, seen } = await start(accepting('secret-b'), poolOf(key('a'), key('b')).pool);
    const body = { stream: Readable.from(['x']), lengthBytes: 1 };
    await expect(pipeline.answer(nativeRequest({ method: 'POST', body }))).rejects.toMatchObject({
      code: 'CREDENTIAL_UNAVAILABLE',
    });
    expect(seen).toHaveLength(1);
  });
});

describe('a call as a person', () => {
  const anna: Credential = { kind: 'user', id: 't', principal: 'user:signals:101', secret: 'token' };
  const userTokens: UserTokens = {
    find: async () => anna,
    observe: async () => {},
    linkUrl: async () => 'https://facade.example.com/oauth/start?ticket=t',
  };

  const identified = async (caller: object) => {
    const registry = createMemoryConsumerRegistry();
    await registry.save(person, hashKey('app'));
    const { identify } = createIdentifier(registry, systemClock);
    return {
      identify: async (headers: Parameters<typeof identify>[0]) => ({ ...(await identify(headers)), ...caller }),
    };
  };

  it('carries the linked token, and the link where to renew it when the upstream refuses it', async () => {
    const { url, seen } = await startUpstream(accepting('fresh'));
    const { pipeline } = await createTestPipeline(url, {
      identifier: await identified({ subject: 'anna' }),
      credentials: createCredentialChooser(poolOf(key('a')).pool, userTokens),
    });
    await expect(pipeline.answer(nativeRequest())).rejects.toMatchObject({
      code: 'USER_TOKEN_NEEDED',
      facts: { links: { about: 'https://facade.example.com/oauth/start?ticket=t' } },
    });
    expect(seen[0]?.headers).toContainEqual(['authorization', 'Bearer token']);
    expect(seen[0]?.headers.map(([name]) => name)).not.toContain('x-api-key');
  });

  /** A document that shows which credential it was asked with. */
  const echoing: Answering = ({ headers }, response) => {
    const sent = headers.find(([name]) => name === 'x-api-key' || name === 'authorization')?.[0];
    const fields = { 'content-type': 'application/vnd.api+json', 'cache-control': 'max-age=60' };
    response.writeHead(200, fields).end(JSON.stringify({ data: { sent, attributes: { digest: '41' } } }));
  };

  /** Only Anna has a link. */
  const startForPeople = async (consumer: Partial<Consumer>, subject: string, answering = echoing) => {
    const { url, seen } = await startUpstream(answering);
    const store = createMemoryCacheStore(systemClock);
    const idempotency = createIdempotency({
      store: createMemoryIdempotencyStore(),
      clock: systemClock,
      newId: randomUUID,
      lifeHours: 24,
      onFailure: () => {},
      pause: async () => {},
    });
    const caller: { subject?: string; consumer: Consumer } = { consumer: { ...person, ...consumer }, subject };
    const { pipeline } = await createTestPipeline(url, {
      identifier: { identify: async () => caller },
      credentials: createCredentialChooser(poolOf(key('a')).pool, {
        ...userTokens,
        find: async (_upstream, _holder, name) => (name === 'anna' ? anna : undefined),
      }),
      cache: createAnswerCache({ store, clock: systemClock, plan: createNativePlanner(store) }),
      idempotency,
    });
    const ask = async (parts: Parameters<typeof nativeRequest>[0] = {}) => {
      const answer = await pipeline.answer(nativeRequest(parts));
      return { answer, actingAs: headerValue(answer.headers, 'x-acting-as'), text: (await bytesOf(answer)).toString() };
    };
    return { ask, caller, seen, pipeline };
  };
  const post = {
    method: 'POST',
    path: '/entities',
    headers: [['idempotency-key', 'k1']],
    body: Buffer.from('{}'),
  } as const;
  const both: Partial<Consumer> = { actsAs: ['user', 'service'] };

  it('says as whom it went: also a hit, a 304, a HEAD and an error', async () => {
    const { ask, caller, seen, pipeline } = await startForPeople(both, 'anna');
    expect(await ask()).toMatchObject({ actingAs: 'user', text: expect.stringContaining('"authorization"') });
    const hit = await ask();
    expect([hit.actingAs, headerValue(hit.answer.headers, 'cache-status')]).toEqual([
      'user',
      expect.stringContaining('hit'),
    ]);
    const etag = headerValue(hit.answer.headers, 'etag') ?? '';
    const unchanged = await ask({ headers: [['if-none-match', etag]] });
    expect([unchanged.answer.status, unchanged.actingAs]).toEqual([304, 'user']);
    expect((await ask({ method: 'HEAD' })).actingAs).toBe('user');
    expect(seen.length).toBeLessThanOrEqual(2);
    const late = nativeRequest({ path: '/other', deadlineMillis: Date.now() });
    await expect(pipeline.answer(late)).rejects.toMatchObject({
      code: 'UPSTREAM_LATE',
      facts: { headers: [['x-acting-as', 'user']] },
    });
    delete caller.subject;
    expect((await ask()).actingAs).toBe('service');
  });

  it('is refused for a person without a link, whatever the service account was told before', async () => {
    const { ask, caller, seen } = await startForPeople(both, 'bert');
    const named = { ...caller };
    delete caller.subject;
    expect((await ask()).actingAs).toBe('service');
    Object.assign(caller, named);
    for (const parts of [{}, { method: 'HEAD' }, { headers: [['cache-control', 'only-if-cached']] as const }, post])
      await expect(ask(parts)).rejects.toMatchObject({ code: 'USER_TOKEN_NEEDED' });
    expect(seen).toHaveLength(1);
  });

  it('gets no answer repeated that the service account was given', async () => {
    const { ask, caller, seen } = await startForPeople({ ...both, withoutLink: 'service' }, 'bert');
    expect((await ask(post)).actingAs).toBe('service');
    const again = await ask(post);
    expect([again.actingAs, headerValue(again.answer.headers, 'idempotency-replayed')]).toEqual(['service', 'true']);
    caller.consumer = { ...caller.consumer, withoutLink: undefined };
    await expect(ask(post)).rejects.toMatchObject({ code: 'USER_TOKEN_NEEDED' });
    expect(seen).toHaveLength(1);
  });

  it('gets its own first answer repeated as the person', async () => {
    const { ask, seen } = await startForPeople(both, 'anna');
    expect([(await ask(post)).actingAs, (await ask(post)).actingAs]).toEqual(['user', 'user']);
    expect(seen).toHaveLength(1);
  });

  it('says as whom it went when its first outcome, a failure, is repeated', async () => {
    const { ask, seen } = await startForPeople(both, 'anna', (_request, response) => response.destroy());
    await expect(ask(post)).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
    expect(await ask(post)).toMatchObject({ actingAs: 'user', answer: { status: 503 } });
    expect(seen).toHaveLength(1);
  });

  it('hands a 401 of the token that the caller sent itself back as it is', async () => {
    const { url } = await startUpstream(accepting('fresh'));
    const { pipeline } = await createTestPipeline(url, {
      identifier: await identified({ bearer: 'stale' }),
      credentials: createCredentialChooser(poolOf(key('a')).pool),
    });
    expect((await pipeline.answer(nativeRequest())).status).toBe(401);
  });
});
