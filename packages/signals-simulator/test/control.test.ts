import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { sized, tenantSize } from '../../../test/support/test-size.ts';
import { controlCalls } from '../src/control/control.ts';
import { controlMembers } from '../src/control/members.ts';
import { demoIds } from '../src/demo/ids.ts';
import { type Simulator, startSimulator } from '../src/simulator.ts';
import { createTarget, type Target } from './conformance/target.ts';

describe('control surface', () => {
  let simulator: Simulator;
  let target: Target;
  beforeAll(async () => {
    simulator = await startSimulator({ requestsPerMinute: Number.POSITIVE_INFINITY, ...tenantSize });
    target = createTarget(simulator.url, 'demo-signals-key');
  });
  afterAll(() => simulator.close());
  beforeEach(() => control('POST', 'reset'));

  const control = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${simulator.url}/_control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: the assertions look into it
    return { status: answer.status, json: (await answer.json()) as any };
  };
  const fault = (given: object) => control('POST', 'faults', given);

  it('sets, advances and stops the clock', async () => {
    await control('POST', 'clock', { set: '2030-01-01T00:00:00Z', stopped: true });
    await control('POST', 'clock', { advanceMillis: 1500 });
    expect((await control('GET', 'clock')).json.now).toBe('2030-01-01T00:00:01.500Z');
    const made = await target.post('/entities', { data: { type: 'journal', attributes: { name: 'Later' } } });
    expect(made.json.data.attributes.createdAt).toBe('2030-01-01T00:00:01.500Z');
    await control('POST', 'clock', { stopped: false });
  });

  it('stops the clock at the very instant that it sets, however late', async () => {
    let nowMillis = 0;
    const late = await startSimulator({ clock: { nowMillis: () => ++nowMillis }, ...tenantSize });
    onTestFinished(() => late.close());
    const body = JSON.stringify({ set: '2030-01-01T00:00:00Z', advanceMillis: 1500, stopped: true });
    const answer = await fetch(`${late.url}/_control/clock`, { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ now: '2030-01-01T00:00:01.500Z' });
  });

  it('builds another tenant from another seed', async () => {
    const digest = async () => (await target.get(`/entities/${demoIds.experiment}`)).json.data.attributes.digest;
    const first = await digest();
    await control('POST', 'reset', { seed: 99 });
    expect(await digest()).not.toBe(first);
    await control('POST', 'reset', { seed: 1 });
    expect(await digest()).toBe(first);
  });

  it.each([
    [{ kind: 'status', status: 503 }, 503, 'application/vnd.api+json'],
    [{ kind: 'status', status: 429 }, 429, 'application/vnd.api+json'],
    [{ kind: 'html', status: 502 }, 502, 'text/html'],
  ])('answers with the fault %j on its route only', async (given, status, type) => {
    await fault({ ...given, operation: 'GET /version' });
    const answer = await target.get('/version');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
    expect((await target.get('/roles')).status).toBe(200);
  });

  it('gives a 429 the Retry-After that the fault names', async () => {
    await fault({ kind: 'status', status: 429, retryAfterSeconds: 7 });
    expect((await target.get('/version')).headers.get('retry-after')).toBe('7');
  });

  it('uses a fault up after so many times', async () => {
    await fault({ kind: 'status', times: 2 });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await target.get('/version')).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it('strikes about the share of requests that the rate says', async () => {
    await fault({ kind: 'status', rate: 0.5 });
    let struck = 0;
    for (let i = 0; i < 100; i += 1) if ((await target.get('/version')).status === 503) struck += 1;
    expect(struck).toBeGreaterThan(25);
    expect(struck).toBeLessThan(75);
  });

  it('answers malformed JSON with a good status', async () => {
    await fault({ kind: 'malformed' });
    const answer = await target.get('/version');
    expect([answer.status, answer.json]).toEqual([200, undefined]);
  });

  it('cuts connections before the answer, or in the middle of a body', async () => {
    await fault({ kind: 'cut', times: 1 });
    await expect(target.get('/version')).rejects.toThrow();
    await fault({ kind: 'cut', afterBytes: 50_000, times: 1 });
    await expect(target.get(`/entities/${demoIds.file9MiB}/export`)).rejects.toThrow();
    expect((await target.get('/version')).status).toBe(200);
  });

  it('sends a slow body whole', async () => {
    const plain = await target.get('/entities?page[limit]=3', { headers: { 'accept-encoding': 'identity' } });
    await fault({ kind: 'slowBody', millis: 1 });
    const slow = await target.get('/entities?page[limit]=3', { headers: { 'accept-encoding': 'identity' } });
    expect(slow.text).toBe(plain.text);
  });

  it('refuses faults on unknown operations with 400', async () => {
    expect((await fault({ kind: 'status', operation: 'GET /nothing' })).status).toBe(400);
    expect((await fault({ kind: 'sing' })).status).toBe(400);
  });

  it('removes faults on request', async () => {
    await fault({ kind: 'status' });
    await control('DELETE', 'faults');
    expect((await target.get('/version')).status).toBe(200);
  });

  it.each([
    ['rename', 'Renamed by hand', 'name'],
    ['describe', 'By hand', 'description'],
  ])('lets a person %s without a request to the API', async (action, value, member) => {
    const before = simulator.arrivals.length;
    await control('POST', 'edits', { entityId: demoIds.experiment, action, value, userId: '103' });
    expect(simulator.arrivals.length).toBe(before);
    const { attributes, relationships } = (await target.get(`/entities/${demoIds.experiment}`)).json.data;
    expect([attributes[member], relationships.editedBy.data.id]).toEqual([value, '103']);
  });

  it('lets a person sign, which no operation of the API does', async () => {
    const { json } = await control('POST', 'edits', { entityId: demoIds.experiment, action: 'sign' });
    expect(json.state).toBe('closed');
    expect((await target.get('/notifications')).json.data[0].attributes.type).toBe('sign');
  });

  it('trashes and restores by hand', async () => {
    const act = (action: string) => control('POST', 'edits', { entityId: demoIds.experiment, action });
    await act('trash');
    expect((await target.get(`/entities/${demoIds.experiment}`)).json.data.attributes.flags.isTrashed).toBe(true);
    await act('restore');
    expect((await target.get(`/entities/${demoIds.experiment}`)).json.data.attributes.flags.isTrashed).toBeUndefined();
  });

  it('changes the limit while it runs', async () => {
    await control('POST', 'limit', { requestsPerMinute: 1 });
    const statuses = [(await target.get('/version')).status, (await target.get('/version')).status];
    await control('POST', 'limit', { requestsPerMinute: null });
    expect(statuses).toEqual([200, 429]);
  });

  it('issues tokens without a login', async () => {
    const { token } = (await control('POST', 'tokens', { userId: '105' })).json;
    const me = await target.get('/profiles/me', { key: null, headers: { authorization: `Bearer ${token}` } });
    expect(me.json.data.id).toBe('105');
  });

  it('revokes the tokens it issued, and names their domain', async () => {
    const { token } = (await control('POST', 'tokens', { userId: '105' })).json;
    const { token: elsewhere } = (await control('POST', 'tokens', { userId: '105', domain: 'snb.example.com' })).json;
    const use = async (bearer: string) =>
      (await target.get('/version', { key: null, headers: { authorization: `Bearer ${bearer}` } })).status;
    expect((await target.remove('/auth/tokens?all=true')).status).toBe(204);
    expect([await use(token), await use(elsewhere)]).toEqual([401, 200]);
    expect((await control('GET', 'tokens')).json.tokens).toMatchObject([
      { token: elsewhere, domain: 'snb.example.com' },
    ]);
    await target.remove('/auth/tokens?all=true&domain=snb.example.com');
    expect(await use(elsewhere)).toBe(401);
  });

  it('turns switches while it runs, all of a call or none; a reset turns them back', async () => {
    const turn = (switches: object) => control('PATCH', 'behaviour', { switches });
    const refused = async () => (await target.get('/version', { key: 'wrong' })).json;
    expect((await turn({ bareUnauthorized: true, nonsense: true })).status).toBe(400);
    expect((await refused()).errors).toHaveLength(1);
    expect((await turn({ bareUnauthorized: true })).json.switches.bareUnauthorized).toBe(true);
    expect((await refused()).errors).toBeUndefined();
    await control('POST', 'reset');
    expect((await refused()).errors).toHaveLength(1);
  });

  it('finds batches in the inventory instead of the notebook when the switch says so', async () => {
    const total = async (source: string) => {
      const query = { $match: { field: 'type', value: 'batch', mode: 'keyword' } };
      return (await target.post(`/entities/search?source=${source}`, { query })).json.meta.total;
    };
    expect([(await total('SN')) > 0, await total('IVT')]).toEqual([true, 0]);
    await control('PATCH', 'behaviour', { switches: { materialsInIvt: true } });
    expect([await total('SN'), (await total('IVT')) > 0]).toEqual([0, true]);
  });

  it.each([
    ['POST', 'clock', { advanceMilis: 5 }, 'advanceMilis is unknown. Did you mean advanceMillis?'],
    ['POST', 'faults', { kind: 'status', Status: 500 }, 'Status is unknown. Did you mean status?'],
    [
      'PATCH',
      'behaviour',
      { push: { url: 'http://a', header: 'x' } },
      'push.header is unknown. Did you mean headerName?',
    ],
    ['PATCH', 'behaviour', { jobMilli: 1 }, 'jobMilli is unknown. Did you mean jobMillis?'],
    ['POST', 'notifications', { events: [{}, { entity: 'x' }] }, 'events[1].entity is unknown. Did you mean entityId?'],
    ['DELETE', 'faults', { kind: 'status' }, 'kind is unknown. This call has no members.'],
    ['POST', 'limit', { constructor: 1 }, 'constructor is unknown. Did you mean requestsPerMinute?'],
    ['POST', 'faults', { kind: 'status', times: '2' }, 'times must be a number.'],
    ['PATCH', 'behaviour', { oauthClients: {} }, 'oauthClients must be an array.'],
    ['POST', 'reset', [], 'The body must be an object.'],
  ])('refuses %s %s with %j and changes nothing', async (method, path, body, detail) => {
    const before = (await control('GET', 'behaviour')).json;
    const { status, json } = await control(method, path, body);
    expect([status, json.errors[0].detail]).toEqual([400, expect.stringContaining(detail)]);
    expect((await control('GET', 'behaviour')).json).toEqual(before);
    expect((await control('GET', 'faults')).json.faults).toEqual([]);
  });

  it('knows the members of no call that does not exist', () => {
    expect(controlCalls).toEqual(expect.arrayContaining(Object.keys(controlMembers)));
  });

  it('answers what it does not know with 404, and bad JSON with 400', async () => {
    expect((await control('GET', 'nothing')).status).toBe(404);
    const answer = await fetch(`${simulator.url}/_control/clock`, { method: 'POST', body: '{' });
    expect(answer.status).toBe(400);
  });
});

describe('large tenant', () => {
  it('lists and searches many entities without losing any', async () => {
    const simulator = await startSimulator({
      requestsPerMinute: Number.POSITIVE_INFINITY,
      extraEntities: sized(20_000, 4_000),
      gzip: false,
    });
    const target = createTarget(simulator.url, 'demo-signals-key');
    const { meta } = (
      await target.post('/entities/search', { query: { $match: { field: 'type', value: 'grid', mode: 'keyword' } } })
    ).json;
    expect(meta.total).toBeGreaterThan(sized(4_000, 800));
    const last = await target.get(
      `/entities?includeTypes=grid&includeOptions=nontemplate&page[offset]=${meta.total - 2}`,
    );
    expect(last.json.links.next).toBeUndefined();
    await simulator.close();
  });
});
