import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { demoIds } from '../src/demo/ids.ts';
import { demoKey } from '../src/options.ts';
import { type Recorder, startRecorder, tenantOrigin } from '../src/recording/recorder.ts';
import { type Recording, recordingFormat } from '../src/recording/recording.ts';
import { createReplay } from '../src/recording/replay.ts';
import { type Simulator, startSimulator } from '../src/simulator.ts';
import { createTarget, type Target } from './conformance/target.ts';

const realKey = 'key-of-the-real-tenant';
const paths = [
  '/users?page[limit]=50',
  '/users/104',
  '/profiles/me',
  '/entities?includeTypes=journal,experiment&page[limit]=100',
  `/entities/${demoIds.experiment}`,
  `/entities/${demoIds.experiment}/children`,
  `/entities/${demoIds.text}/export`,
  `/entities/${demoIds.grid}/export?format=csv`,
  `/entities/${demoIds.pdf}/export`,
  `/adt/${demoIds.grid}`,
  '/materials/Reagents%20(SNB)/assets/id/%200003',
  '/notifications',
  '/entities/experiment:none',
];

let tenant: Simulator;
let recorder: Recorder;
let recording: Recording;
let replay: Target;
let live: Map<string, { status: number; bytes: Buffer; type: string | null }>;

beforeAll(async () => {
  tenant = await startSimulator({ keys: { [realKey]: '100' }, compounds: 5 });
  recorder = await startRecorder({ tenant: tenant.url, key: realKey });
  const client = createTarget(recorder.url, recorder.key);
  live = new Map();
  for (const path of paths) {
    const { status, bytes, headers } = await client.get(path);
    live.set(path, { status, bytes, type: headers.get('content-type') });
  }
  recording = recorder.recording();
  const replaying = await startSimulator({ recording, compounds: 0 });
  replay = createTarget(replaying.url, demoKey);
  return () => replaying.close();
});
afterAll(async () => {
  await recorder.close();
  await tenant.close();
});

const people = () => [...tenant.tenant.people.users.values()];
const words = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}.'@_-]+/gu));

describe('a recording', () => {
  it('replays each answer with its status, type and members', async () => {
    for (const [path, before] of live) {
      const after = await replay.get(path);
      expect([path, after.status, after.headers.get('content-type')]).toEqual([path, before.status, before.type]);
      const shape = (text: string) => JSON.parse(text, (_, value) => (typeof value === 'string' ? 'text' : value));
      if (before.type?.includes('json')) expect(shape(after.text)).toEqual(shape(before.bytes.toString('utf8')));
    }
  });

  it('holds no name, address or organization of a user, and not the key', () => {
    const text = JSON.stringify(recording);
    expect(text).not.toContain(realKey);
    expect(text).not.toContain(new URL(tenant.url).host);
    const found = words(text);
    for (const { firstName, lastName, email, userName } of people())
      for (const detail of [firstName, lastName, email, userName])
        expect([...found]).not.toContain(detail.toLowerCase());
    expect(text).not.toContain('Example Research');
  });

  it('replaces a text by the same one everywhere, also in free text', async () => {
    const ada = (await replay.get('/users?page[limit]=50')).json.data[0].attributes;
    const me = (await replay.get('/profiles/me')).json.data.attributes;
    expect(me.email).toBe(ada.email);
    const listed = (await replay.get('/entities?includeTypes=journal,experiment&page[limit]=100')).text;
    expect(listed).toContain(`"name":"${ada.firstName} ${ada.lastName}"`);
  });

  it('keeps links inside the replay, which a client can follow', async () => {
    const { links } = (await replay.get('/users/104')).json.data;
    expect(links.self).toBe(`${replay.url}/users/104`);
    const head = await replay.send('HEAD', '/users/104');
    expect([head.status, head.text]).toEqual([200, '']);
  });

  it('makes as many bytes of a file that is no text, and keeps none of its own', async () => {
    const path = `/entities/${demoIds.pdf}/export`;
    const { bytes } = await replay.get(path);
    expect(bytes.byteLength).toBe(live.get(path)?.bytes.byteLength);
    expect(recording.exchanges.find((exchange) => exchange.path === path)?.body).toEqual({
      sizeBytes: bytes.byteLength,
    });
  });

  it('answers what it does not hold with 501, and no key with 401', async () => {
    const refused = await replay.get('/roles');
    expect([refused.status, refused.json.errors[0].code]).toEqual([501, 'NotRecorded']);
    expect((await replay.post('/entities', {})).status).toBe(501);
    expect((await replay.get('/users/104', { key: null })).status).toBe(401);
  });

  it.each(['//users', '///', '/?x', '/a//b?c=//d'])('finds the path %s', (path) => {
    const answer = (text: string, at: string) => ({
      method: 'GET',
      path: at,
      status: 200,
      headers: {},
      body: { text },
    });
    const own = createReplay({ format: recordingFormat, exchanges: [answer('other', '/users'), answer('own', path)] });
    const reply = own.answer('GET', path, 'http://replay');
    expect(Buffer.concat([...(reply.content?.chunks() ?? [])]).toString()).toBe('own');
  });

  it('finds a call whose query has another order', async () => {
    const path = '/entities?page[limit]=100&includeTypes=journal,experiment';
    expect((await replay.get(path)).status).toBe(200);
  });
});

describe('the recorder', () => {
  const ask = (method: string, path: string, key = recorder.key) =>
    fetch(recorder.url + path, { method, headers: { 'x-api-key': key }, ...(method === 'POST' ? { body: '{}' } : {}) });
  const api = '/api/rest/v1.0';

  it.each([
    ['POST', `${api}/entities`, 405],
    ['POST', `${api}/entities/search`, 405],
    ['PATCH', `${api}/entities/${demoIds.experiment}/properties`, 405],
    ['PUT', `${api}/users/104/picture`, 405],
    ['DELETE', `${api}/entities/${demoIds.experiment}`, 405],
    ['OPTIONS', `${api}/entities`, 405],
    ['GET', '/_control/tokens', 404],
    ['GET', '/auth/oauth/authorize', 404],
  ])('never passes on %s %s', async (method, path, status) => {
    const before = tenant.arrivals.length;
    expect((await ask(method, path)).status).toBe(status);
    expect(tenant.arrivals).toHaveLength(before);
  });

  /** `fetch` would resolve the path, and set the host itself. */
  const askRaw = (path: string, headers: Record<string, string> = {}) =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(recorder.url);
      const options = { hostname, port, path, headers: { 'x-api-key': recorder.key, ...headers } };
      const sent = request(options, (answer) => resolve(answer.resume().statusCode ?? 0));
      sent.on('error', reject).end();
    });

  it.each([
    [`${api}/../../../_control/tokens`, 404],
    [`${api}/%2e%2e/%2e%2e/%2e%2e/_control/tokens`, 404],
    [`http://127.0.0.1:9${api}/version`, 400],
    [`@127.0.0.1:9${api}/version`, 400],
    [`//127.0.0.1:9${api}/version`, 404],
  ])('passes nothing on for the raw path %s', async (path, status) => {
    const before = tenant.arrivals.length;
    expect(await askRaw(path)).toBe(status);
    expect(tenant.arrivals).toHaveLength(before);
  });

  it('refuses the name of another host, which a web page can let lead here', async () => {
    const before = tenant.arrivals.length;
    expect(await askRaw(`${api}/version`, { host: 'rebound.example.com' })).toBe(403);
    expect(tenant.arrivals).toHaveLength(before);
    expect(await askRaw(`${api}/version`, { host: 'localhost:4010' })).toBe(200);
  });

  it.each([demoKey, realKey])('is no way to the tenant with the key %s', async (key) => {
    const before = tenant.arrivals.length;
    expect((await ask('GET', `${api}/version`, key)).status).toBe(401);
    expect(tenant.arrivals).toHaveLength(before);
  });

  it('has another key at each start', async () => {
    const other = await startRecorder({ tenant: tenant.url, key: realKey });
    onTestFinished(() => other.close());
    expect(other.key).not.toBe(recorder.key);
    expect(other.key.length).toBeGreaterThanOrEqual(32);
  });

  it.each(['0.0.0.0', '192.0.2.1', '::'])('does not listen on %s', async (host) => {
    await expect(startRecorder({ tenant: tenant.url, key: realKey, host })).rejects.toThrow(/loopback only/);
  });

  it.each(['key-with\nbreak', 'key with blanks', 'kürzel-1234', 'short'])('refuses the key %j', async (key) => {
    const starting = startRecorder({ tenant: tenant.url, key });
    await expect(starting).rejects.toThrow(/must be at least 8 printable/);
    await expect(starting).rejects.not.toThrow(key);
  });

  it('does not keep what is about a moment or about the key', async () => {
    const count = recorder.recording().exchanges.length;
    const fault = { kind: 'status', status: 503, times: 1 };
    await fetch(`${tenant.url}/_control/faults`, { method: 'POST', body: JSON.stringify(fault) });
    expect((await ask('GET', `${api}/version`)).status).toBe(503);
    expect(recorder.recording().exchanges).toHaveLength(count);
  });

  it('refuses what would make the recording too large, and keeps what it has', async () => {
    const small = await startRecorder({ tenant: tenant.url, key: realKey, mostBytes: 20_000 });
    onTestFinished(() => small.close());
    const client = createTarget(small.url, small.key);
    expect((await client.get('/users/104')).status).toBe(200);
    const refused = await client.get('/entities?page[limit]=100');
    expect([refused.status, refused.json.errors[0].code]).toEqual([507, 'RecordingFull']);
    expect(refused.json.errors[0].detail).toMatch(/more than 20000 bytes\. End it with Ctrl-C/);
    expect((await client.get('/users/100')).status).toBe(200);
    expect(small.recording().exchanges.map(({ path }) => path)).toEqual(['/users/104', '/users/100']);
  });

  it('counts an answer as long as the file writes it', async () => {
    const odd = createServer((_, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end('\u0001'.repeat(4000)),
    );
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      odd.close();
    });
    const url = `http://127.0.0.1:${(odd.address() as AddressInfo).port}`;
    const small = await startRecorder({ tenant: url, key: realKey, mostBytes: 20_000 });
    onTestFinished(() => small.close());
    expect((await createTarget(small.url, small.key).get('/users')).status).toBe(507);
    expect(small.recording().exchanges).toEqual([]);
  });

  it('says that a tenant cannot be reached', async () => {
    const nobody = await startRecorder({ tenant: 'http://127.0.0.1:9', key: realKey });
    onTestFinished(() => nobody.close());
    const answer = await fetch(`${nobody.url}${api}/version`, { headers: { 'x-api-key': nobody.key } });
    expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining('cannot be reached')]);
  });

  it.each([
    ['http://snb.example.com', /needs an https URL/],
    ['ftp://snb.example.com', /needs an https URL/],
    ['snb.example.com', /is no URL/],
  ])('sends no key to %s', (url, message) => {
    expect(() => tenantOrigin(url)).toThrow(message);
  });
  it.each(['https://snb.example.com/api/rest/v1.0', 'http://localhost:4010'])('may send a key to %s', (url) => {
    expect(tenantOrigin(url)).toBe(new URL(url).origin);
  });
});
