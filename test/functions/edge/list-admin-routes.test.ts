/** The administration of lists and sources: secrets, items, tests and rules. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { secretOfLists } from '../../support/facade/lists.ts';
import { asSource, asTenant, clock, createListWorld, items, url } from '../../support/list-world.ts';

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
    const { ask, recorded, definitions } = createListWorld();
    const upstreamHeader = { name: 'X-Key', value: 'the-value-of-the-key' };
    const made = await ask('POST /v1/lists', newList({ upstreamHeader }));
    expect(made.code).toBe(201);
    const changed = await ask(
      'PATCH /v1/lists/projects',
      change({ secret: 'another-secret-of-24-characters', staleSeconds: 500 }),
    );
    const read = await ask('GET /v1/lists/projects');
    await ask('DELETE /v1/lists/projects');
    const shown = JSON.stringify([made, changed, read, recorded]);
    for (const secret of [secretOfLists, upstreamHeader.value, 'another-secret-of-24-characters'])
      expect(shown).not.toContain(secret);
    expect(recorded).toMatchObject([
      { act: 'lists.create', target: 'projects' },
      { act: 'lists.change', changes: expect.arrayContaining([{ field: 'staleSeconds', old: 604_800, new: 500 }]) },
      { act: 'lists.remove' },
    ]);
    expect(await definitions.read('list', 'projects')).toBeUndefined();
  });

  it('lets two secrets be valid, and ends the others at once on demand', async () => {
    const { ask, addList } = createListWorld();
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
    const { ask, calls, answer } = createListWorld();
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
    const { ask, addList } = createListWorld();
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
    const { ask, answerWith, addSource, answer, calls } = createListWorld();
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
    const { ask } = createListWorld();
    expect(await ask('POST /v1/lists', newList(more))).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('keeps the fields of a list whose items were put', async () => {
    const { ask, addList } = createListWorld();
    await addList();
    const edit = change({ fields: [{ name: 'code', type: 'number' }] });
    expect(await ask('PATCH /v1/lists/projects', edit)).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('takes 200 lists', async () => {
    const { ask, admin, listSettings } = createListWorld();
    const secrets = { header: 'X-List-Secret', secret: secretOfLists };
    for (let count = 1; count <= 200; count += 1) await admin.create('list', `list-${count}`, listSettings, secrets);
    expect(await ask('POST /v1/lists', newList())).toMatchObject({ code: 'LISTS_FULL' });
  });

  it('does not give a new list the items of a removed one', async () => {
    const { ask, addList } = createListWorld();
    await addList();
    await ask('PUT /v1/lists/projects/items', { body: '{"data":[{"code":"A"}]}' });
    await ask('DELETE /v1/lists/projects');
    clock.now += 1;
    await addList();
    expect((await ask('GET /lists/projects', { headers: asTenant })).text).toBe('{"data":[]}');
  });

  it.each([
    [{ freshSeconds: 61, staleSeconds: 60 }, 'freshSeconds (61) must not be above staleSeconds (60)'],
    [{ staleSeconds: 60 }, 'freshSeconds (300) must not be above staleSeconds (60)'],
  ])('refuses the freshness %j, and says why', async (more, detail) => {
    const { ask, addList } = createListWorld();
    const refused = await ask('POST /v1/lists', newList(more));
    expect([refused.code, refused.facts?.detail, refused.facts?.source]).toEqual([
      ...['REQUEST_INVALID', expect.stringContaining(detail), { pointer: '/data/attributes/freshSeconds' }],
    ]);
    await addList();
    expect((await ask('PATCH /v1/lists/projects', change({ freshSeconds: 300, ...more }))).code).toBe(
      'REQUEST_INVALID',
    );
    expect((await ask('PATCH /v1/lists/projects', change({ freshSeconds: 60, staleSeconds: 60 }))).code).toBe(200);
  });
});
