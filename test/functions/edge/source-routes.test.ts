/** The routes of /sources, which the tenant calls: keys, writes, and what is recorded of them. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { asSource, createListWorld } from '../../support/list-world.ts';

describe('a source', () => {
  it('asks by key and people, and keeps the copies of people apart', async () => {
    const { addSource, ask, calls, sourceSettings, answer } = createListWorld();
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
    const { addSource, ask, calls } = createListWorld();
    await addSource();
    expect(await ask(`GET /sources/reagents/${key}`, { headers: asSource })).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(calls).toEqual([]);
  });

  it('sends a write once, and says when nobody knows its outcome', async () => {
    const { addSource, ask, calls, answerWith, counted } = createListWorld();
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
    const { addSource, ask, answer } = createListWorld();
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
    const { addSource, ask, calls } = createListWorld();
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
    const { addSource, ask, calls } = createListWorld();
    await addSource();
    const { code, facts } = await ask('PUT /sources/reagents', { headers: asSource, body });
    const found = facts?.faults?.map(({ source }) => source?.pointer);
    expect([code, found, calls.length]).toEqual(['REQUEST_INVALID', pointers, 0]);
  });

  it('refuses a record with another key than the path', async () => {
    const { addSource, ask, calls } = createListWorld();
    await addSource();
    const body = '{"code":"R-2"}';
    expect(await ask('PUT /sources/reagents/R-1', { headers: asSource, body })).toMatchObject({
      code: 'REQUEST_INVALID',
    });
    expect(calls).toEqual([]);
  });

  it('has its writes in the audit log, with the name of the source as the actor, and no value of a record', async () => {
    const { addSource, ask, answerWith, writes } = createListWorld();
    await addSource();
    const body = '{"code":"R-1","name":"Ethanol"}';
    await ask('POST /sources/reagents', { headers: asSource, body, query: 'username=ada' });
    await ask('POST /sources/reagents', { headers: asSource, body: '{"name":"Ethanol"}' });
    answerWith(500);
    await ask('PUT /sources/reagents/R-1', { headers: asSource, body });
    const common = { kind: 'source', actor: 'reagents', requestId: 'r' };
    const caller = { consumer: { id: 'tenant' } };
    expect(writes).toEqual([
      {
        ...{ ...common, act: 'sources.create-record', target: 'sources/reagents/R-1', outcome: 'done' },
        caller: { ...caller, subject: 'ada' },
      },
      { ...common, caller, act: 'sources.create-record', target: 'sources/reagents', outcome: 'done' },
      { ...common, caller, act: 'sources.update-record', target: 'sources/reagents/R-1', outcome: 'failed' },
    ]);
    expect(JSON.stringify(writes)).not.toContain('Ethanol');
  });

  it('has no read in the audit log, and no write that was not sent', async () => {
    const { addSource, ask, writes } = createListWorld();
    await addSource();
    await ask('GET /sources/reagents/R-1', { headers: asSource });
    await ask('POST /sources/reagents', { headers: asSource, body: '{"purity":true}' });
    await ask('POST /sources/reagents', { body: '{"code":"R-1"}' });
    expect(writes).toEqual([]);
  });

  it('sends no write that cannot be recorded', async () => {
    const { addSource, ask, breakAudit, calls } = createListWorld();
    await addSource();
    breakAudit(new AppError('AUDIT_UNAVAILABLE', { sent: false }));
    const reply = await ask('POST /sources/reagents', { headers: asSource, body: '{"code":"R-1"}' });
    expect([reply.code, calls]).toEqual(['AUDIT_UNAVAILABLE', []]);
  });
});
