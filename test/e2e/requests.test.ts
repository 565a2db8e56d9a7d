/** The facade explains its decision about a request, only to the consumer that made the request. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { variables } from '../../shared/config/names.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';
import { testDrift } from './requests/drift.ts';
import { testSeedAliases } from './requests/seed-aliases.ts';

type Explanation = {
  readonly consumerId: string;
  readonly operation: string;
  readonly scope: string;
  readonly credentialKind: string;
  readonly cacheStatus?: string;
  readonly quota?: Readonly<Record<string, unknown>>;
  readonly sends: readonly { readonly answered: boolean; readonly status?: number }[];
  readonly status: number;
  readonly errorCode?: string;
  readonly startedAt: string;
  readonly endedAt: string;
};

const unknownId = '00000000-0000-4000-8000-000000000000';

/** Id of a consumer that may make one call an hour. */
const cappedId = 'capped-app';
const cap = { units: 1, windowSeconds: 3_600 };

describe('GET /v1/requests/{requestId}', () => {
  let twin: TestTwin;
  beforeAll(async () => {
    // Health knows when the sweep ran last. This stack has the aliases of the seed, too.
    twin = await startTwin({}, { [variables.cache]: 'on' }, inject('pagesAssemblyDir'), { runsSchedules: true });
  });
  afterAll(() => twin?.close());

  const call = (path: string, key = 'demo-app', init: RequestInit = {}): Promise<Response> =>
    fetch(twin.url + path, { ...init, headers: { 'x-api-key': key, ...init.headers } });
  const idOf = (answer: Response): string => answer.headers.get('x-request-id') ?? '';
  const native = (path: string, key?: string, init?: RequestInit) => call(signalsBasePath + path, key, init);

  /** @returns its key. */
  const makeCapped = async (): Promise<string> => {
    const post = async (path: string, type: string, id: string | undefined, attributes: object) => {
      const body = JSON.stringify({ data: { type, id, attributes } });
      const headers = { 'content-type': 'application/vnd.api+json' };
      const answer = await call(path, 'demo-admin', { method: 'POST', body, headers });
      expect(answer.status).toBe(201);
      return ((await answer.json()) as { data: { attributes: { key: string } } }).data.attributes;
    };
    const quota = { priority: 'interactive', weight: 1, caps: [cap] };
    await post('/v1/consumers', 'consumer', cappedId, { scopes: ['users:read'], quota });
    return (await post(`/v1/consumers/${cappedId}/keys`, 'consumer-key', undefined, {})).key;
  };

  /** Kept a moment after the answer has left. */
  const explain = async (answer: Response, key = 'demo-app'): Promise<Explanation> => {
    await answer.arrayBuffer();
    const read = () => call(`/v1/requests/${idOf(answer)}`, key);
    await expect.poll(async () => (await read()).status).toBe(200);
    return ((await (await read()).json()) as { data: { attributes: Explanation } }).data.attributes;
  };

  it('shows what the very first call used, although no other call follows', async () => {
    await (await native('/users?first', 'demo-reader')).arrayBuffer();
    type Usage = { data: { attributes: { calls: number } }[] };
    const calls = async () =>
      ((await (await call('/v1/usage', 'demo-reader')).json()) as Usage).data.map(({ attributes }) => attributes.calls);
    await expect.poll(calls).toEqual([1]);
  });

  type Health = { state: string; checks: { name: string; state: string; reason: string; since: string }[] };
  const readHealth = async (): Promise<Health> =>
    ((await (await call('/v1/health')).json()) as { data: { attributes: Health } }).data.attributes;

  it('shows in /v1/health that the tenant answers 503 to everything, although only the sweep calls it, and that it is well again', async () => {
    const upstream = async () => (await readHealth()).checks.find(({ name }) => name === 'upstream');
    const faults = `${twin.simulator.url}/_control/faults`;
    const startedAt = Date.now();
    await fetch(faults, { method: 'POST', body: JSON.stringify({ kind: 'status', status: 503 }) });
    const sweep = Object.keys(twin.gateway.environments).find((id) => id.startsWith('Sweep')) ?? '';
    await twin.gateway.invoke(sweep, {});
    await expect.poll(async () => (await upstream())?.state).toMatch(/^(degraded|failed)$/);
    const { reason = '', since = '' } = (await upstream()) ?? {};
    expect(reason).toMatch(
      /^\d+ of \d+ calls in the last \d+ s got no answer, or one from 500 to 599\. Runbook: the tenant fails\.$/,
    );
    expect(Date.parse(since)).toBeGreaterThanOrEqual(startedAt);
    await fetch(faults, { method: 'DELETE' });
    const state = async () => {
      await Promise.all(Array.from({ length: 10 }, async () => (await native('/profiles/me')).arrayBuffer()));
      return (await upstream())?.state;
    };
    await expect.poll(state).toBe('ok');
  });

  it('explains a miss: consumer, operation, credential, cache, quota and what was sent', async () => {
    const answer = await native('/users');
    const explained = await explain(answer);
    expect(explained).toMatchObject({
      consumerId: 'demo-app',
      operation: 'GET /users',
      credentialKind: 'service',
      quota: { outcome: 'granted', asked: 1, units: 1, priority: 'interactive' },
      sends: [{ answered: true, status: 200 }],
      status: 200,
    });
    expect(answer.headers.get('cache-status')).toBe(`signals-facade; ${explained.cacheStatus}`);
    expect(Date.parse(explained.startedAt)).toBeLessThanOrEqual(Date.parse(explained.endedAt));
  });

  it('keeps nothing of a fresh hit, and says where to look instead', async () => {
    await explain(await native('/roles'));
    const hit = await native('/roles');
    expect(hit.headers.get('cache-status')).toMatch(/^signals-facade; hit/);
    // A later request that is kept shows that the one before it has had its time.
    await explain(await native('/profiles/me'));
    const unknown = await call(`/v1/requests/${idOf(hit)}`);
    const { errors } = (await unknown.json()) as { errors: { code: string; detail: string }[] };
    expect([unknown.status, errors[0]?.code]).toEqual([404, 'REQUEST_UNKNOWN']);
    expect(errors[0]?.detail).toContain('Cache-Status');
  });

  it('knows requests by an id that no client chooses: Lambda gives it, and the log has both', async () => {
    const answer = await native('/users', 'demo-app', { headers: { 'x-amzn-requestid': unknownId } });
    await answer.arrayBuffer();
    const gatewayId = answer.headers.get('x-amzn-requestid');
    expect([gatewayId, unknownId]).not.toContain(idOf(answer));
    await expect.poll(() => twin.log.filter((line) => line.includes(idOf(answer))).join('\n')).toContain(gatewayId);
  });

  it('explains a write', async () => {
    const body = JSON.stringify({ data: { type: 'experiment', attributes: { name: 'Explained' } } });
    const headers = { 'content-type': 'application/vnd.api+json' };
    const answer = await native('/entities', 'demo-app', { method: 'POST', body, headers });
    expect(answer.status).toBe(201);
    expect(await explain(answer)).toMatchObject({
      operation: 'POST /entities',
      scope: 'entities:write',
      cacheStatus: expect.stringContaining('fwd=method'),
      sends: [{ answered: true, status: 201 }],
      status: 201,
    });
  });

  it('lists requests newest first, own ones or all, and sums the hits of a minute', async () => {
    type Entry = { type: string; id: string; attributes: { consumerId: string; startedAt: string; standsFor: number } };
    const list = async (query: string, key = 'demo-app') => {
      const reply = await call(`/v1/requests?${query}`, key);
      const { data = [], links } = (await reply.json()) as { data?: Entry[]; links?: { next?: string } };
      return { status: reply.status, data, next: links?.next };
    };
    await explain(await native('/users?list'));
    for (let count = 0; count < 3; count += 1) await (await native('/users?list')).arrayBuffer();
    const own = await list('filter[operation]=GET%20/users&filter[status]=200');
    expect(own.data.length).toBeGreaterThan(0);
    expect(own.data.map(({ attributes }) => attributes.startedAt)).toEqual(
      own.data
        .map(({ attributes }) => attributes.startedAt)
        .toSorted()
        .reverse(),
    );
    // Each look is a request of its own and stands before the hits, so all pages are read.
    const counted = async () => {
      let sum = 0;
      for (let query: string | undefined = ''; query !== undefined; ) {
        const { data, next } = await list(query);
        for (const { type, attributes } of data) if (type === 'hits') sum += attributes.standsFor;
        query = next?.split('?')[1];
      }
      return sum;
    };
    await expect.poll(counted, { interval: 500 }).toBeGreaterThanOrEqual(3);
    const all = await list('filter[consumer]=demo-app', 'demo-admin');
    expect(all.data.map(({ id }) => id)).toEqual(expect.arrayContaining(own.data.map(({ id }) => id)));
    expect((await list('filter[consumer]=demo-app', 'demo-reader')).status).toBe(403);
  });

  it('sums what each key used, by hour and by day', async () => {
    await (await native('/users?usage')).arrayBuffer();
    const read = async (query: string) =>
      (
        (await (await call(`/v1/usage?${query}`)).json()) as { data: { attributes: Record<string, unknown> }[] }
      ).data.map(({ attributes }) => attributes);
    const expected = {
      consumerId: 'demo-app',
      keyId: expect.stringMatching(/^key-/),
      upstreamCalls: expect.any(Number),
    };
    await expect.poll(() => read('granularity=day')).toEqual([expect.objectContaining(expected)]);
    const [hour] = await read('');
    expect([Number(hour?.calls) > 0, Number(hour?.bytes) > 0, Number(hour?.hits) > 0]).toEqual([true, true, true]);
  });

  it('shows each check of health, and an upstream that answers real calls', async () => {
    await (await native('/profiles/me')).arrayBuffer();
    const { state, checks } = await readHealth();
    const states = Object.fromEntries(checks.map((check) => [check.name, check.state]));
    // The sweep has failed above.
    expect(states).toEqual({
      ...{ store: 'ok', queues: 'ok', upstream: 'ok', hook: 'ok', credentials: 'ok' },
      sweep: expect.stringMatching(/^(ok|degraded)$/),
      archive: 'ok',
    });
    expect(state).toBe(states.sweep);
    for (const { reason, since } of checks) {
      expect(reason).not.toBe('');
      expect(Date.parse(since)).toBeLessThanOrEqual(Date.now());
    }
  });

  it('shows another consumer the 404 of an unknown id', async () => {
    const answer = await native('/profiles/me');
    await explain(answer);
    const texts = await Promise.all(
      [idOf(answer), unknownId].map(async (id) => {
        const reply = await call(`/v1/requests/${id}`, 'demo-reader');
        const { errors } = (await reply.json()) as { errors: { id: string }[] };
        return JSON.stringify([reply.status, { ...errors[0], id: '' }]);
      }),
    );
    expect(texts[0]).toContain('404');
    expect(texts[0]).toBe(texts[1]);
  });

  it('explains a refusal for want of a scope', async () => {
    const answer = await native('/entities', 'demo-reader', { method: 'POST', body: '{}' });
    expect(answer.status).toBe(403);
    expect(await explain(answer, 'demo-reader')).toMatchObject({
      consumerId: 'demo-reader',
      scope: 'entities:write',
      errorCode: 'SCOPE_MISSING',
      sends: [],
    });
  });

  // A cap of an hour refuses the second call at once, however slow the machine: a call that waits for the tenant's budget may get a unit,
  // or be refused because too many wait.
  it('explains a refusal of the quota, whose Retry-After and RateLimit agree', async () => {
    const key = await makeCapped();
    await (await native('/profiles/me', key)).arrayBuffer();
    const refused = await native('/profiles/me', key);
    expect(refused.status).toBe(429);
    const seconds = refused.headers.get('retry-after');
    expect(refused.headers.get('ratelimit')).toContain(`"consumer-hour";r=0;t=${seconds}`);
    expect(refused.headers.get('ratelimit-policy')).toContain('"consumer-hour";q=1;w=3600');
    const explained = await explain(refused, key);
    expect(explained).toMatchObject({
      status: 429,
      errorCode: 'TOO_MANY_REQUESTS',
      quota: { outcome: 'refused', units: 0, refusedBy: 'consumer-hour', retryAt: expect.any(String) },
      sends: [],
    });
  });

  it('writes metrics without a consumer, key or path in them', () => {
    const lines = twin.log.filter((line) => line.includes('"_aws"') && line.includes('"Requests"'));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toMatch(/demo-app|demo-reader|profiles/);
    const metrics = JSON.parse((lines[0] as string).replace(/^[^{]*/, '')) as { _aws: { CloudWatchMetrics: unknown } };
    // Only at the top level of a line does CloudWatch look for it.
    expect(metrics._aws.CloudWatchMetrics).toEqual([expect.objectContaining({ Namespace: 'SignalsFacade' })]);
  });

  // Behind the others, which count the calls of the twin.
  testSeedAliases(() => twin);
  testDrift(() => twin);
});
