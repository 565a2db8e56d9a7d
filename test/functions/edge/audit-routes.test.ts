import { describe, expect, it } from 'vitest';
import { createAuditRoutes } from '../../../functions/edge/audit-routes.ts';
import type { HttpReply } from '../../../functions/edge/http-handler.ts';
import type { HttpRequest } from '../../../functions/edge/http-request.ts';
import { createMemoryAuditLog } from '../../../shared/audit/adapters/memory.ts';
import { createMemoryConsumerRegistry } from '../../../shared/consumers/adapters/memory.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { noon, outcome } from '../../shared/audit/support.ts';

const create = async () => {
  const registry = createMemoryConsumerRegistry();
  await registry.save({ id: 'auditor', scopes: ['audit:read'], state: 'active' }, hashKey('auditor'));
  await registry.save({ id: 'app', scopes: ['entities:*'], state: 'active' }, hashKey('app'));
  await registry.save({ id: 'everything', scopes: ['*:*'], state: 'active' }, hashKey('everything'));
  const clock = { nowMillis: () => noon + 1_000 };
  const log = createMemoryAuditLog(clock.nowMillis);
  await log.append(outcome({ id: 'a1' }));
  await log.append(outcome({ id: 'a2', startedMillis: noon + 1 }));
  const handle = createAuditRoutes({ identifier: createIdentifier(registry, systemClock), log, clock });
  return (key: string, query: HttpRequest['query'] = []): Promise<HttpReply> =>
    handle(
      {
        requestId: 'request-1',
        method: 'GET',
        route: '/v1/audit',
        path: '/v1/audit',
        query,
        headers: [['x-api-key', key]],
        body: undefined,
        publicUrl: 'https://facade.example.com/prod',
        deadlineMillis: noon + 29_000,
      },
      {},
    );
};
const documentOf = (reply: HttpReply) =>
  JSON.parse(Buffer.from(reply.body as Uint8Array).toString()) as {
    links: { next?: string };
    data: { id: string }[];
  };

describe('GET /v1/audit', () => {
  it('answers a page with the link to the next, below the base URL of the caller', async () => {
    const ask = await create();
    const first = await ask('auditor', [['page[size]', '1']]);
    expect(first.status).toBe(200);
    const { data, links } = documentOf(first);
    expect(data.map(({ id }) => id)).toEqual(['a2']);
    expect(links.next).toMatch(/^https:\/\/facade\.example\.com\/prod\/v1\/audit\?page%5Bsize%5D=1&page%5Bcursor%5D=/);
    const second = documentOf(await ask('auditor', [...new URL(links.next as string).searchParams]));
    expect([second.data.map(({ id }) => id), second.links]).toEqual([['a1'], {}]);
  });

  it('is refused without the scope audit:read by that name', async () => {
    const ask = await create();
    for (const key of ['app', 'everything']) await expect(ask(key)).rejects.toMatchObject({ code: 'SCOPE_MISSING' });
    await expect(ask('nobody')).rejects.toMatchObject({ code: 'CONSUMER_UNKNOWN' });
  });

  it('says which parameter is wrong', async () => {
    const ask = await create();
    await expect(ask('auditor', [['outcome', 'fine']])).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      facts: { source: { parameter: 'outcome' } },
    });
  });
});
