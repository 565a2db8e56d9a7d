/** The audit log in its place: bundled functions, embedded DynamoDB, and what came of writes as the tenant saw it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { jsonApiMediaType, variables } from '../../shared/config/names.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import { isFull } from '../support/test-size.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';

type Entry = {
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>> & { readonly entity?: string; readonly outcome: string };
};
type Page = { readonly data: readonly Entry[]; readonly links: { readonly next?: string } };

const secretName = 'Words that belong to the tenant';

describe('the audit log', () => {
  let twin: TestTwin;
  let ownKey: string;
  useSharedTwin((shared) => {
    twin = shared;
  });
  // The entries of its own consumer are those of this file.
  beforeAll(async () => {
    const made = await post('/v1/consumers', 'consumer', { scopes: ['*:*'] }, 'audited');
    const key = await post('/v1/consumers/audited/keys', 'consumer-key', {});
    expect([made.status, key.status]).toEqual([201, 201]);
    ownKey = ((await key.json()) as { data: { attributes: { key: string } } }).data.attributes.key;
  });

  const call = (path: string, init: RequestInit = {}, key = ownKey): Promise<Response> =>
    fetch(path.startsWith('http') ? path : twin.url + path, {
      ...init,
      headers: { 'x-api-key': key, 'content-type': jsonApiMediaType, ...(init.headers as Record<string, string>) },
    });
  const createJournal = (): Promise<Response> =>
    call(`${signalsBasePath}/entities?force=true`, {
      method: 'POST',
      body: JSON.stringify({ data: { type: 'journal', attributes: { name: secretName } } }),
    });
  /** On a busy machine, so many calls at once may exceed the places for waiting calls. Each refused call is sent again after its Retry-After. */
  const createJournalInTurn = async (): Promise<Response> => {
    for (;;) {
      const answer = await createJournal();
      if (answer.status !== 429) return answer;
      await sleep(Number(answer.headers.get('retry-after')) * 1_000);
    }
  };
  const audit = async (query: Record<string, string>): Promise<Page> => {
    const response = await call(`/v1/audit?${new URLSearchParams(query)}`, {}, 'demo-admin');
    expect(response.status).toBe(200);
    return (await response.json()) as Page;
  };

  it('is read by those alone whose scope names it', async () => {
    expect((await call('/v1/audit')).status).toBe(403);
    expect((await call('/v1/audit', {}, 'nobody')).status).toBe(401);
    const wrong = await call('/v1/audit?outcome=fine', {}, 'demo-admin');
    const { errors } = (await wrong.json()) as { errors: { source: unknown }[] };
    expect([wrong.status, errors[0]?.source]).toEqual([400, { parameter: 'outcome' }]);
  });

  it('tells of a write by time, by consumer and by the entity that it made, with its request id', async () => {
    const created = await createJournal();
    const { data } = (await created.json()) as { data: { id: string } };
    const expected = {
      kind: 'native',
      requestId: created.headers.get('x-request-id'),
      consumer: 'audited',
      operation: 'POST /entities',
      target: `${signalsBasePath}/entities`,
      queryNames: ['force'],
      entity: data.id,
      outcome: 'done',
      status: 201,
    };
    const queries: Record<string, string>[] = [{}, { consumer: 'audited' }, { entity: data.id }];
    for (const query of queries) {
      const [entry] = (await audit(query)).data;
      expect(entry?.attributes).toMatchObject(expected);
      expect(entry?.attributes.credential).toMatchObject({ kind: 'service' });
    }
  });

  it('tells of a refused write, and of nothing that was read', async () => {
    await call(`${signalsBasePath}/entities/${demoIds.filesExperiment}`);
    const refused = await call(`${signalsBasePath}/entities/${demoIds.filesExperiment}/properties?digest=0`, {
      method: 'PATCH',
      body: JSON.stringify({ data: [{ attributes: { name: 'Description', value: secretName } }] }),
    });
    const { data } = await audit({ entity: demoIds.filesExperiment });
    expect(data.map(({ attributes }) => [attributes.operation, attributes.outcome, attributes.status])).toEqual([
      ['PATCH /entities/{eid}/properties', 'refused', refused.status],
    ]);
  });

  it('reads an answer that was lost as unknown', async () => {
    const fault = { kind: 'cut', operation: 'POST /entities', times: 1 };
    await fetch(`${twin.simulator.url}/_control/faults`, { method: 'POST', body: JSON.stringify(fault) });
    const lost = await createJournal();
    expect(lost.status).toBeGreaterThanOrEqual(502);
    const { data } = await audit({ outcome: 'unknown', consumer: 'audited' });
    expect(data.map(({ attributes }) => attributes.requestId)).toEqual([lost.headers.get('x-request-id')]);
  });

  it('has every one of many concurrent writes once, along its pages, and not a word of what they wrote', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, createJournalInTurn));
    const wanted = answers.map((answer) => answer.headers.get('x-request-id')).sort();
    const seen: unknown[] = [];
    let texts = '';
    let next: string | undefined = '/v1/audit?consumer=audited&page%5Bsize%5D=10';
    while (next !== undefined) {
      const text: string = await (await call(next, {}, 'demo-admin')).text();
      const page = JSON.parse(text) as Page;
      texts += text;
      seen.push(...page.data.map(({ attributes }) => attributes.requestId));
      next = page.links.next;
    }
    expect(seen.filter((id) => wanted.includes(id as string)).sort()).toEqual(wanted);
    expect(texts).not.toContain(secretName);
    expect(texts).not.toContain('demo-key');
  });

  const post = (path: string, type: string, attributes: object, id?: string): Promise<Response> =>
    call(path, { method: 'POST', body: JSON.stringify({ data: { type, id, attributes } }) }, 'demo-admin');
  const actsAfter = async (act: () => Promise<Response>): Promise<unknown[]> => {
    const response = await act();
    const { data } = await audit({ consumer: 'demo-admin' });
    const mine = data.filter(({ attributes }) => attributes.requestId === response.headers.get('x-request-id'));
    return mine.map(({ attributes }) => [attributes.kind, attributes.operation, attributes.outcome]);
  };

  it('tells of what was done to credentials, and never of the key itself', async () => {
    const act = () => post('/v1/credentials', 'credential', { secret: 'a-key-to-be-kept-quiet', owner: 'lab' });
    expect(await actsAfter(act)).toEqual([['admin', 'credentials.add', expect.stringMatching(/done|refused/)]]);
    expect(JSON.stringify(await audit({}))).not.toContain('kept-quiet');
  });

  it('tells what an act changed, old and new, and what an operator put in', async () => {
    await post('/v1/consumers', 'consumer', { scopes: ['*:read'] }); // without an id: refused, and not an act
    const body = (attributes: object) => JSON.stringify({ data: { type: 'consumer', id: 'audit-lab', attributes } });
    await call('/v1/consumers', { method: 'POST', body: body({ scopes: ['*:read'] }) }, 'demo-admin');
    const quota = { priority: 'background', weight: 2, caps: [] };
    const changed = await call(
      '/v1/consumers/audit-lab',
      { method: 'PATCH', body: body({ scopes: ['*:read', 'entities:write'], quota, contact: 'lab@example.com' }) },
      'demo-admin',
    );
    expect(changed.status).toBe(200);
    const [entry] = (await audit({ entity: 'audit-lab' })).data;
    expect(entry?.attributes).toMatchObject({
      operation: 'consumers.change',
      asked: { scopes: ['*:read', 'entities:write'], quota },
      changes: [
        { field: 'contact', new: 'lab@example.com' },
        { field: 'quota', old: { priority: 'interactive', weight: 1, caps: [] }, new: quota },
        { field: 'scopes', old: ['*:read'], new: ['*:read', 'entities:write'] },
      ],
    });
    const { data } = await audit({ consumer: 'operator' });
    expect(
      new Set(data.map(({ attributes }) => `${attributes.kind} ${attributes.actor} ${attributes.operation}`)),
    ).toEqual(
      new Set([
        'operator the twin operator.put-credential',
        'operator the twin operator.add-consumer',
        'operator the twin operator.put-hook-header',
      ]),
    );
    expect(JSON.stringify(data)).not.toContain('demo-key');
  });

  it('tells of purges of the cache and of bookings', async () => {
    const purge = () => post('/v1/cache/purges', 'cache-purge', { all: true, kind: 'soft' });
    expect(await actsAfter(purge)).toEqual([['admin', 'cache.purge', 'done']]);
    const attributes = { units: 60, from: '2030-01-01T00:00:00Z', until: '2030-01-01T01:00:00Z' };
    expect(await actsAfter(() => post('/v1/quota/bookings', 'booking', attributes))).toEqual([
      ['admin', 'bookings.create', expect.stringMatching(/done|refused/)],
    ]);
  });
});

// A twin of its own: full size only. test/shared/audit/unrecorded-writes.test.ts refuses writes without a record at every size.
describe.runIf(isFull)('an audit log that cannot be written to', () => {
  let twin: TestTwin;
  beforeAll(async () => {
    twin = await startTwin({}, { [variables.auditTable]: 'no-such-table' });
  });
  afterAll(() => twin?.close());

  it('lets reads through and no write', async () => {
    const headers = { 'x-api-key': 'demo-app', 'content-type': jsonApiMediaType };
    const before = twin.simulator.arrivals.length;
    const path = `${twin.url}${signalsBasePath}/entities`;
    const write = await fetch(path, { method: 'POST', headers, body: '{}' });
    const { errors } = (await write.json()) as { errors: { code: string }[] };
    expect([write.status, errors[0]?.code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
    expect(Number(write.headers.get('retry-after'))).toBeGreaterThan(0);
    const posts = twin.simulator.arrivals.slice(before).filter(({ method }) => method === 'POST');
    expect(posts).toEqual([]);
    expect((await fetch(`${twin.url}${signalsBasePath}/profiles/me`, { headers })).status).toBe(200);
  });
});
