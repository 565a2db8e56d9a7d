/** The routes of /lists, which the tenant calls: secrets, limits and copies. */
import { describe, expect, it } from 'vitest';
import { secretOfLists } from '../../support/facade/lists.ts';
import { asTenant, createListWorld, items, url } from '../../support/list-world.ts';

describe('a call of the tenant', () => {
  it('gets the same answer for a missing or wrong header and a name that does not exist', async () => {
    const { addList, ask, counted } = createListWorld();
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
    const { addList, ask, answer, counted } = createListWorld();
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
    const { addList, ask, answer, workMillis } = createListWorld();
    await addList({ origin: url });
    answer(async () => ({ status: 200, text: '[]' }));
    await ask('GET /lists/projects', { headers: asTenant });
    expect(workMillis).toEqual([20_000]);
  });

  it('gets the items of a CSV file, and an error for one that is not there', async () => {
    const { addList, ask, csvFiles } = createListWorld();
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
    const { addList, ask, answer } = createListWorld();
    await addList({ origin: url });
    answer(async () => ({ status: 200, text }));
    expect(await ask('GET /lists/projects', { headers: asTenant })).toMatchObject({ code: 'RECORDS_UNREADABLE' });
  });
});
