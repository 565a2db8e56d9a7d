/** The cache in its place: bundled functions, embedded DynamoDB, the simulator's log of arrivals as witness. */
import { Agent } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { demoIds } from '../../packages/signals-simulator/src/demo/ids.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { sendRequest } from '../support/raw-http.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import type { TestTwin } from '../support/twin.ts';

type EntityDocument = {
  readonly data: { readonly attributes: { readonly digest: string; readonly description: string } };
};

describe('the cache in front of a tenant', () => {
  let twin: TestTwin;
  const agent = new Agent({ keepAlive: true });
  useSharedTwin((shared) => {
    twin = shared;
  });
  afterAll(() => agent.destroy());

  const call = (path: string, init: RequestInit = {}, key = 'demo-app'): Promise<Response> =>
    fetch(twin.url + path, { ...init, headers: { 'x-api-key': key, ...(init.headers as Record<string, string>) } });
  const experimentPath = `${signalsBasePath}/entities/${demoIds.experiment}`;
  const readExperiment = async (key?: string) => {
    const response = await call(experimentPath, {}, key);
    const { data } = (await response.json()) as EntityDocument;
    return { ...data.attributes, cacheStatus: response.headers.get('cache-status') ?? '' };
  };
  /** Calls that reached the tenant for a path while `act` ran; the sweep's own are not among them. */
  const arrivalsDuring = async (path: string, act: () => Promise<unknown>): Promise<number> => {
    const before = twin.simulator.arrivals.length;
    await act();
    return twin.simulator.arrivals.slice(before).filter((arrival) => arrival.path === path).length;
  };
  const describeExperiment = (digest: string, value: string): Promise<Response> =>
    call(`${experimentPath}/properties?digest=${digest}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/vnd.api+json' },
      body: JSON.stringify({ data: [{ attributes: { name: 'Description', value } }] }),
    });

  it('answers the second read without asking the tenant, for every consumer of the same rights', async () => {
    await readExperiment();
    const asked = await arrivalsDuring(experimentPath, async () => {
      expect((await readExperiment()).cacheStatus).toMatch(/^signals-facade; hit; ttl=\d+/);
      expect((await readExperiment('demo-reader')).cacheStatus).toMatch(/^signals-facade; hit/);
    });
    expect(asked).toBe(0);
  });

  it('P3: shows a write through the facade to the next read, on every instance', async () => {
    for (const value of ['first', 'second', 'third']) {
      const { digest } = await readExperiment();
      expect((await describeExperiment(digest, value)).status).toBe(200);
      const reads = await Promise.all(Array.from({ length: 12 }, () => readExperiment()));
      expect(new Set(reads.map(({ description }) => description))).toEqual(new Set([value]));
    }
  });

  it("P3: shows an edit made in Signals' own pages once the sweep has seen it", async () => {
    await readExperiment();
    const sweep = Object.keys(twin.gateway.environments).find((id) => id.startsWith('Sweep')) ?? '';
    await fetch(`${twin.simulator.url}/_control/edits`, {
      method: 'POST',
      body: JSON.stringify({ entityId: demoIds.experiment, action: 'describe', value: 'by a person' }),
    });
    await twin.gateway.invoke(sweep, {});
    await expect.poll(async () => (await readExperiment()).description).toBe('by a person');
  });

  it('P4: asks once for what many miss at the same time', async () => {
    const path = `${signalsBasePath}/entities/${demoIds.notebook}/children`;
    const asked = await arrivalsDuring(path, async () => {
      const answers = await Promise.all(Array.from({ length: 30 }, async () => (await call(path)).text()));
      expect(new Set(answers).size).toBe(1);
    });
    expect(asked).toBe(1);
  });

  it('answers conditions and HEAD from what it keeps', async () => {
    // Not by fetch, which adds `cache-control: no-cache` to conditions.
    const ask = (method: string, ...headers: (readonly [string, string])[]) => {
      const keyed = [['x-api-key', 'demo-app'] as const, ...headers];
      return sendRequest(twin.url, { method, target: experimentPath, headers: keyed }, agent);
    };
    const etag = String((await ask('GET')).headers.etag);
    const asked = await arrivalsDuring(experimentPath, async () => {
      expect((await ask('GET', ['if-none-match', etag])).status).toBe(304);
      expect((await ask('HEAD')).headers['cache-status']).toContain('hit');
    });
    expect(asked).toBe(0);
  });

  it('tells its figures to whoever may read them, and is emptied only by whoever may write', async () => {
    await readExperiment();
    const figures = await call('/v1/cache');
    expect([figures.status, figures.headers.get('content-type')]).toEqual([200, 'application/vnd.api+json']);
    const purge = (key: string, attributes: object) =>
      call(
        '/v1/cache/purges',
        { method: 'POST', body: JSON.stringify({ data: { type: 'cache-purge', attributes } }) },
        key,
      );
    expect((await purge('demo-reader', { all: true })).status).toBe(403);
    expect((await purge('demo-app', { everything: true })).status).toBe(400);
    for (const wide of [{ all: true }, { group: 'entities' }]) expect((await purge('demo-app', wide)).status).toBe(403);
    expect((await readExperiment()).cacheStatus).toContain('hit');
    expect((await purge('demo-app', { entity: demoIds.experiment })).status).toBe(200);
    expect((await readExperiment()).cacheStatus).toMatch(/fwd=(stale|uri-miss)/);
    expect((await fetch(`${twin.url}/v1/cache`)).status).toBe(401);
  });
});
