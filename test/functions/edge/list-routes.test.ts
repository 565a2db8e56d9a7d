/** The routes of /lists and /sources, and of their administration: secrets, limits, copies, writes, and what is recorded. */
import { describe, expect, it } from 'vitest';
import { createListAdminRoutes } from '../../../functions/edge/list-admin-routes.ts';
import { createListRoutes } from '../../../functions/edge/list-routes.ts';
import type { MetricValues } from '../../../shared/config/metrics.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { noActs } from '../../support/acts.ts';
import { createListParts, secretOfLists } from '../../support/facade/lists.ts';

const clock = { now: Date.parse('2026-06-01T08:00:00Z'), nowMillis: () => clock.now };
const url = { kind: 'url', url: 'https://sor.example.com/projects' } as const;

type Ask = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string; readonly query?: string };

const create = (networks?: readonly string[]) => {
  const parts = createListParts(clock, networks);
  const counted: MetricValues[] = [];
  const works: Promise<void>[] = [];
  const workMillis: (number | undefined)[] = [];
  const recorded: unknown[] = [];
  const consumer = { id: 'admin', scopes: ['lists:*'], state: 'active' as const };
  const acts = {
    async around<T>(act: object, run: () => Promise<T>): Promise<T> {
      const result = await noActs.around(act as never, run);
      const { changes, ...rest } = act as { changes?: () => unknown };
      recorded.push({ ...rest, changes: changes?.() });
      return result;
    },
  };
  const calls = createListRoutes({ ...parts, putMetrics: (values) => void counted.push(values) });
  const administration = createListAdminRoutes({
    ...{ ...parts, acts, clock },
    identifier: { identify: async () => ({ consumer }) } as never,
  });
  const facts: object[] = [];
  const ask = async (line: string, { headers = {}, body, query = '' }: Ask = {}) => {
    const [method = '', path = ''] = line.split(' ');
    const handle = path.startsWith('/v1/') ? administration : calls;
    const fact = {};
    facts.push(fact);
    const reply = await handle(
      {
        ...{ requestId: 'r', method, path, route: path, publicUrl: 'https://facade.example.com', deadlineMillis: 0 },
        headers: Object.entries({ 'content-type': 'application/json', ...headers }),
        query: [...new URLSearchParams(query)],
        body: body === undefined ? undefined : Buffer.from(body),
        background: (work, mostMillis) => {
          works.push(work);
          workMillis.push(mostMillis);
        },
      },
      fact,
    ).catch((error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    });
    await Promise.all(works);
    if (reply instanceof AppError) return { code: reply.code, facts: reply.facts, headers: {}, text: '' };
    const text = reply.body === undefined ? '' : Buffer.from(reply.body as Uint8Array).toString();
    return { code: reply.status, headers: Object.fromEntries(reply.headers), text, facts: undefined };
  };
  return { ...parts, ask, counted, recorded, workMillis, logged: facts };
};

const asTenant = { 'x-list-secret': secretOfLists };
const asSource = { 'x-source-secret': secretOfLists };
const items = (count: number) => Array.from({ length: count }, (_, index) => ({ code: `C${index}`, project: 'P' }));

describe('a call of the tenant', () => {
  it('gets the same answer for a missing or wrong header and a name that does not exist', async () => {
    const { addList, ask, counted } = create();
    await addList();
    const refused = await Promise.all([
      ask('GET /lists/projects'),
      ask('GET /lists/projects', { headers: { 'x-list-secret': `${secretOfLists}x` } }),
      ask('GET /lists/projects', { headers: { 'x-source-secret': secretOfLists } }),
      ask('GET /lists/unknown', { headers: asTenant }),
      ask('GET /lists/projects%0A', { headers: asTenant }),
      ask('GET /lists/PROJECTS', { headers: asTenant }),
      ask('GET /lists/%00', { headers: asTenant }),
      ask('GET /sources/projects/1', { headers: asTenant }),
      ask('POST /sources/projects', { headers: asTenant, body: '{}' }),
    ]);
    expect(new Set(refused.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(refused[0])]));
    expect(refused[0]?.code).toBe('LIST_REFUSED');
    expect(counted).toEqual(refused.map(() => ({ ListCallsRefused: 1 })));
  });

  it('gets a list of 20,000 items, and never a part of a longer one', async () => {
    const { addList, ask, answer, counted } = create();
    await addList({ origin: url, freshSeconds: 0 });
    answer(async () => ({ status: 200, text: JSON.stringify({ data: items(20_001) }) }));
    expect(await ask('GET /lists/projects', { headers: asTenant })).toMatchObject({
      code: 'RECORDS_UNREADABLE',
      facts: { detail: expect.stringContaining('20001') },
    });
    answer(async () => ({ status: 200, text: JSON.stringify(items(20_000)) }));
    const whole = await ask('GET /lists/projects', { headers: asTenant });
    expect([whole.code, JSON.parse(whole.text).data.length]).toEqual([200, 20_000]);
    answer(async () => ({ status: 200, text: JSON.stringify({ data: items(20_001) }) }));
    const stale = await ask('GET /lists/projects', { headers: asTenant });
    expect([stale.code, JSON.parse(stale.text).data.length, stale.headers]).toMatchObject([
      200,
      20_000,
      { age: '0', 'cache-status': 'signals-facade; hit; detail=stale' },
    ]);
    expect(counted).toContainEqual({ ListCallsStale: 1 });
    expect(counted).toContainEqual({ ListCalls: 1, ListCallsFailed: 1 });
  });

  it('leaves a renewal behind that may take as long as a call without a copy', async () => {
    const { addList, ask, answer, workMillis } = create();
    await addList({ origin: url });
    answer(async () => ({ status: 200, text: '[]' }));
    await ask('GET /lists/projects', { headers: asTenant });
    expect(workMillis).toEqual([20_000]);
  });

  it('gets the items of a CSV file, and an error for one that is not there', async () => {
    const { addList, ask, csvFiles } = create();
    await addList({ origin: { kind: 'csv', object: 'projects.csv' }, freshSeconds: 0 });
    expect(await ask('GET /lists/projects', { headers: asTenant })).toMatchObject({ code: 'RECORDS_UNREADABLE' });
    csvFiles.put('projects.csv', 'code,project\nA1,Alpha\n');
    const { text } = await ask('GET /lists/projects', { headers: asTenant });
    expect(JSON.parse(text)).toEqual({ data: [{ code: 'A1', project: 'Alpha' }] });
  });

  it.each([
    '{',
    '1',
    'null',
    '"x"',
    '{"data":{}}',
    '{"data":null}',
    '{}',
    `${'['.repeat(100)}${']'.repeat(100)}`,
    '[{"code":1}]',
  ])('gets an error for a list that is %j', async (text) => {
    const { addList, ask, answer } = create();
    await addList({ origin: url });
    answer(async () => ({ status: 200, text }));
    expect(await ask('GET /lists/projects', { headers: asTenant })).toMatchObject({ code: 'RECORDS_UNREADABLE' });
  });
});

describe('a source', () => {
  it('asks by key and people, and keeps the copies of people apart', async () => {
    const { addSource, ask, calls, sourceSettings, answer } = create();
    const read = 'https://sor.example.com/items/{id}?user={username}&alias={user_alias}';
    await addSource({ urls: { ...sourceSettings.urls, read }, freshSeconds: 60 });
    answer(async ({ url: asked }) => ({ status: 200, text: JSON.stringify({ code: 'R', name: asked, more: 1 }) }));
    const as = (username: string) =>
      ask('GET /sources/reagents/R%2F1', { headers: asSource, query: `username=${username}` });
    const [ann, bob, again] = [await as('ann'), await as('bob'), await as('ann')];
    expect(calls.map((call) => call.url)).toEqual([
      'https://sor.example.com/items/R%2F1?user=ann&alias=',
      'https://sor.example.com/items/R%2F1?user=bob&alias=',
    ]);
    expect(again.text).toBe(ann.text);
    expect(bob.text).not.toBe(ann.text);
    expect(JSON.parse(ann.text)).toEqual({ code: 'R', name: calls[0]?.url });
  });

  it.each(['..', '%2e%2e', '.'])('calls nothing for the key %s', async (key) => {
    const { addSource, ask, calls } = create();
    await addSource();
    expect(await ask(`GET /sources/reagents/${key}`, { headers: asSource })).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(calls).toEqual([]);
  });

  it('sends a write once, and says when nobody knows its outcome', async () => {
    const { addSource, ask, calls, answerWith, counted } = create();
    await addSource();
    answerWith(new AppError('SOURCE_LATE'));
    const body = JSON.stringify({ code: 'R-1', name: 'Ethanol' });
    expect(await ask('PUT /sources/reagents', { headers: asSource, body })).toMatchObject({ code: 'RECORD_UNCERTAIN' });
    answerWith(new AppError('RECORDS_UNREADABLE'));
    expect(await ask('PUT /sources/reagents', { headers: asSource, body })).toMatchObject({ code: 'RECORD_UNCERTAIN' });
    answerWith(409);
    expect(await ask('PUT /sources/reagents', { headers: asSource, body })).toMatchObject({ code: 'RECORD_REFUSED' });
    expect(counted.map(({ ListCallsFailed }) => ListCallsFailed)).toEqual([1, 1, 0]);
    answerWith(new AppError('SOURCE_FAILED', { sent: false }));
    expect(await ask('POST /sources/reagents', { headers: asSource, body })).toMatchObject({ code: 'SOURCE_FAILED' });
    expect(calls.map(({ method, url: asked }) => `${method} ${asked}`)).toEqual([
      ...Array<string>(3).fill('PUT https://sor.example.com/items/R-1'),
      'POST https://sor.example.com/items',
    ]);
  });

  it('echoes what it is answered, or what was sent where the answer is empty', async () => {
    const { addSource, ask, answer } = create();
    await addSource();
    const body = JSON.stringify({ name: 'Ethanol', purity: '099.50' });
    answer(async () => ({ status: 201, text: '{"code":"R-9","name":"Ethanol","by":"x"}' }));
    expect((await ask('POST /sources/reagents', { headers: asSource, body })).text).toBe(
      '{"code":"R-9","name":"Ethanol"}',
    );
    answer(async () => ({ status: 204, text: '' }));
    expect((await ask('POST /sources/reagents', { headers: asSource, body })).text).toBe(body);
  });

  it('drops the copy of a record that it has written', async () => {
    const { addSource, ask, calls } = create();
    await addSource({ freshSeconds: 60 });
    const headers = asSource;
    await ask('GET /sources/reagents/R-1', { headers });
    await ask('PUT /sources/reagents/R-1', { headers, body: '{"code":"R-1"}' });
    await ask('GET /sources/reagents/R-1', { headers });
    expect(calls.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET']);
  });

  it.each([
    ['[]', ['']],
    ['"x"', ['']],
    ['null', ['']],
    ['{"code":1}', ['/code']],
    ['{"code":"a","name":{}}', ['/name']],
    ['{"code":"a","purity":true}', ['/purity']],
    ['{"code":"a","other":1,"more":{"x":[]}}', ['/other', '/more/x']],
    ['{"name":"no key"}', ['/code']],
  ])('refuses the body %s, and sends nothing', async (body, pointers) => {
    const { addSource, ask, calls } = create();
    await addSource();
    const { code, facts } = await ask('PUT /sources/reagents', { headers: asSource, body });
    const found = facts?.faults?.map(({ source }) => source?.pointer);
    expect([code, found, calls.length]).toEqual(['REQUEST_INVALID', pointers, 0]);
  });

  it('refuses a record with another key than the path', async () => {
    const { addSource, ask, calls } = create();
    await addSource();
    const body = '{"code":"R-2"}';
    expect(await ask('PUT /sources/reagents/R-1', { headers: asSource, body })).toMatchObject({
      code: 'REQUEST_INVALID',
    });
    expect(calls).toEqual([]);
  });
});

const attributes = {
  ...{ header: 'X-List-Secret', secret: secretOfLists, key: 'code', origin: url },
  fields: [{ name: 'code', type: 'text' }],
};
const newList = (more: object = {}) => ({
  body: JSON.stringify({ data: { type: 'list', id: 'projects', attributes: { ...attributes, ...more } } }),
});
const change = (more: object) => ({ body: JSON.stringify({ data: { type: 'list', attributes: more } }) });

describe('administration', () => {
  it('shows and records no secret, and records old and new values', async () => {
    const { ask, recorded, definitions } = create();
    const upstreamHeader = { name: 'X-Key', value: 'the-value-of-the-key' };
    const made = await ask('POST /v1/lists', newList({ upstreamHeader }));
    expect(made.code).toBe(201);
    const changed = await ask(
      'PATCH /v1/lists/projects',
      change({ secret: 'another-secret-of-24-characters', staleSeconds: 5 }),
    );
    const read = await ask('GET /v1/lists/projects');
    await ask('DELETE /v1/lists/projects');
    const shown = JSON.stringify([made, changed, read, recorded]);
    for (const secret of [secretOfLists, upstreamHeader.value, 'another-secret-of-24-characters'])
      expect(shown).not.toContain(secret);
    expect(recorded).toMatchObject([
      { act: 'lists.create', target: 'projects' },
      { act: 'lists.change', changes: expect.arrayContaining([{ field: 'staleSeconds', old: 604_800, new: 5 }]) },
      { act: 'lists.remove' },
    ]);
    expect(await definitions.read('list', 'projects')).toBeUndefined();
  });

  it('lets two secrets be valid, and ends the others at once on demand', async () => {
    const { ask, addList } = create();
    await addList();
    const [second, third] = ['second-secret-of-24-characters', 'third-secret-of-24-characters'];
    const codes = () =>
      Promise.all(
        [secretOfLists, second, third].map(
          async (secret) => (await ask('GET /lists/projects', { headers: { 'x-list-secret': secret } })).code,
        ),
      );
    const no = 'LIST_REFUSED';
    expect(await codes()).toEqual([200, no, no]);
    await ask('PATCH /v1/lists/projects', change({ secret: second }));
    expect(await codes()).toEqual([200, 200, no]);
    await ask('PATCH /v1/lists/projects', change({ secret: third }));
    expect(await codes()).toEqual([no, 200, 200]);
    await ask('PATCH /v1/lists/projects', change({ endsOtherSecrets: true }));
    expect(await codes()).toEqual([no, no, 200]);
  });

  it('sends a header to the origin that it was set for, and wants it again for another', async () => {
    const { ask, calls, answer } = create();
    answer(async () => ({ status: 200, text: '[]' }));
    await ask('POST /v1/lists', newList({ upstreamHeader: { name: 'X-Key', value: 'v' } }));
    await ask('POST /v1/lists/projects/tests');
    expect(calls[0]?.header).toEqual({ name: 'x-key', value: 'v' });
    const elsewhere = { origin: { kind: 'url', url: 'https://other.example.com/' } };
    expect(await ask('PATCH /v1/lists/projects', change(elsewhere))).toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await ask('PATCH /v1/lists/projects', change({ ...elsewhere, upstreamHeader: null }))).code).toBe(200);
    await ask('POST /v1/lists/projects/tests');
    expect(calls[1]?.header).toBeUndefined();
  });

  it('refuses 20,001 items and names the places of faults; nothing is replaced then', async () => {
    const { ask, addList } = create();
    await addList();
    const put = (data: unknown) => ask('PUT /v1/lists/projects/items', { body: JSON.stringify({ data }) });
    expect((await put([{ code: 'A' }])).code).toBe(204);
    expect(await put(items(20_001))).toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await put([{ code: 'B' }, { code: 'C', project: 7 }, {}])).facts?.faults).toMatchObject([
      { source: { pointer: '/data/1/project' } },
      { source: { pointer: '/data/2/code' } },
    ]);
    expect((await put([{ code: 'B', other: 1 }])).facts?.faults).toMatchObject([
      { source: { pointer: '/data/0/other' } },
    ]);
    const headers = { 'content-type': 'text/csv' };
    const csv = `code\n${items(20_001)
      .map(({ code }) => code)
      .join('\n')}\n`;
    expect(await ask('PUT /v1/lists/projects/csv', { headers, body: csv })).toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await ask('GET /v1/lists/projects/csv')).text).toBe('code,project\r\nA,\r\n');
  });

  it('tells why a test fails, and keeps nothing of one that succeeds', async () => {
    const { ask, answerWith, addSource, answer, calls } = create();
    await ask('POST /v1/lists', newList());
    answerWith(new AppError('ADDRESS_REFUSED', { detail: 'why' }));
    const failed = JSON.parse((await ask('POST /v1/lists/projects/tests')).text).data.attributes;
    expect(failed).toMatchObject({ outcome: 'failed', code: 'ADDRESS_REFUSED', detail: 'why' });
    await addSource({ freshSeconds: 60 });
    answer(async () => ({ status: 200, text: '{"code":"R-1"}' }));
    const body = JSON.stringify({ data: { type: 'source-test', attributes: { key: 'R-1' } } });
    expect(JSON.parse((await ask('POST /v1/sources/reagents/tests', { body })).text).data.attributes).toMatchObject({
      outcome: 'ok',
      record: { code: 'R-1' },
    });
    await ask('GET /sources/reagents/R-1', { headers: asSource });
    expect(calls).toHaveLength(3);
  });

  it.each([
    ['no key among the fields', { key: 'other' }],
    ['a key that is no text or number', { fields: [{ name: 'code', type: 'checkbox' }] }],
    ['a placeholder in the address of a list', { origin: { kind: 'url', url: 'https://sor.example.com/{id}' } }],
    ['plain HTTP', { origin: { kind: 'url', url: 'http://sor.example.com/' } }],
    ['this machine', { origin: { kind: 'url', url: 'https://127.0.0.1/' } }],
    ['another network', { origin: { kind: 'url', url: 'https://10.0.0.1/' } }],
    ['a short secret', { secret: 'short' }],
    ['a header of the gateway', { header: 'X-Forwarded-For' }],
    ['an object outside the folder', { origin: { kind: 'csv', object: '../secrets' } }],
    ['a header without an address', { origin: { kind: 'table' }, upstreamHeader: { name: 'a', value: 'b' } }],
    [
      'a field with a line feed',
      {
        fields: [
          { name: 'code', type: 'text' },
          { name: 'a\nb', type: 'text' },
        ],
      },
    ],
  ])('refuses a list with %s', async (_what, more) => {
    const { ask } = create();
    expect(await ask('POST /v1/lists', newList(more))).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('keeps the fields of a list whose items were put', async () => {
    const { ask, addList } = create();
    await addList();
    const edit = change({ fields: [{ name: 'code', type: 'number' }] });
    expect(await ask('PATCH /v1/lists/projects', edit)).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('takes 200 lists', async () => {
    const { ask, admin, listSettings } = create();
    const secrets = { header: 'X-List-Secret', secret: secretOfLists };
    for (let count = 1; count <= 200; count += 1) await admin.create('list', `list-${count}`, listSettings, secrets);
    expect(await ask('POST /v1/lists', newList())).toMatchObject({ code: 'LISTS_FULL' });
  });

  it('does not give a new list the items of a removed one', async () => {
    const { ask, addList } = create();
    await addList();
    await ask('PUT /v1/lists/projects/items', { body: '{"data":[{"code":"A"}]}' });
    await ask('DELETE /v1/lists/projects');
    clock.now += 1;
    await addList();
    expect((await ask('GET /lists/projects', { headers: asTenant })).text).toBe('{"data":[]}');
  });
});
