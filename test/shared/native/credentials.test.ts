import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createMemoryConsumerRegistry } from '../../../shared/consumers/adapters/memory.ts';
import { type Consumer, hashKey } from '../../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import { createCredentialChooser, noUserTokens } from '../../../shared/credentials/choose.ts';
import type { Credential, SendOutcome, ServiceKeys, UserTokens } from '../../../shared/credentials/credential.ts';
import type { AnswerCache } from '../../../shared/native/exchange.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { createTestPipeline, nativeRequest } from '../../support/pipeline.ts';
import { type Answering, startUpstream } from '../../support/upstream.ts';

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
      if (outcome.status === 401) refused.add(id);
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

describe('a key that the upstream refuses', () => {
  it('is replaced within the request, for writes too, and the cache is asked as the new one', async () => {
    const { pool, outcomes } = poolOf(key('a', 'one'), key('b', 'two'));
    const { pipeline, seen, principals } = await start(accepting('secret-b'), pool);
    const answer = await pipeline.answer(nativeRequest({ method: 'PATCH', body: Buffer.from('{}') }));
    expect(answer.status).toBe(200);
    expect(seen).toHaveLength(2);
    expect(principals).toEqual(['service:signals:one', 'service:signals:two']);
    expect(outcomes.map(([id, { status }]) => [id, status])).toEqual([
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

  it('hands a 401 of the token that the caller sent itself back as it is', async () => {
    const { url } = await startUpstream(accepting('fresh'));
    const { pipeline } = await createTestPipeline(url, {
      identifier: await identified({ bearer: 'stale' }),
      credentials: createCredentialChooser(poolOf(key('a')).pool),
    });
    expect((await pipeline.answer(nativeRequest())).status).toBe(401);
  });
});
