import { describe, expect, it } from 'vitest';
import { decodeId } from '../../src/ids.ts';
import { demo, facts } from './target.ts';

const day = 24 * 3600;

facts('signing in', (fixture) => {
  const auth = (body: unknown) => fixture.target.post('/auth', body, { token: null });

  it('answers a token that a web page can decode', async () => {
    const claims = JSON.parse(Buffer.from(fixture.target.token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toEqual({
      uid: 1,
      uname: 'demo',
      iat: Date.UTC(2026, 0, 5) / 1000,
      nbf: Date.UTC(2026, 0, 5) / 1000,
      exp: Date.UTC(2026, 0, 8) / 1000,
    });
  });

  it('answers 404 to a wrong password and to an unknown user', async () => {
    const error = { error: true, status_code: 404, type: 'ResourceNotFoundError' };
    const message = 'The requested resource of type "User" was not found.';
    for (const username of ['demo', 'nobody']) {
      const answer = await auth({ username, password: 'wrong' });
      expect([answer.status, answer.json]).toEqual([404, { error: { ...error, message } }]);
    }
  });

  it('answers the flat 401 to a missing and to an extra member, and 500 without JSON', async () => {
    const both = { username: 'demo', password: 'demo-tm-password' };
    const flat = { status_code: 401, error: 'Bad Request', description: 'Invalid credentials' };
    expect((await auth({ username: 'demo' })).json).toEqual(flat);
    expect((await auth({ ...both, more: 1 })).json).toEqual(flat);
    const plain = await fixture.target.send('POST', '/auth', { token: null });
    expect([plain.status, plain.json]).toEqual([500, undefined]);
  });

  it('names each trouble with a token', async () => {
    const trouble = async (authorization: string) => {
      const { status, json } = await fixture.target.get('/api/tools', { token: null, headers: { authorization } });
      return [status, json.error];
    };
    const { token } = fixture.target;
    expect(await trouble(`Bearer ${token}`)).toEqual([401, 'Invalid JWT header']);
    expect(await trouble('JWT')).toEqual([401, 'Invalid JWT header']);
    expect(await trouble(`JWT ${token} more`)).toEqual([401, 'Invalid JWT header']);
    expect(await trouble(`JWT ${token}x`)).toEqual([401, 'Invalid token']);
    const lower = await fixture.target.get('/api/tools', { token: null, headers: { authorization: `jwt ${token}` } });
    expect(lower.status).toBe(200);
  });

  it('refuses a token of a user that is gone', async () => {
    const token = await fixture.target.signIn('guest', 'guest-password');
    expect((await fixture.target.get('/api/tools', { token })).status).toBe(200);
    await fixture.target.control('POST', 'users', { name: 'guest', password: null });
    expect((await fixture.target.get('/api/tools', { token })).json.error).toBe('Invalid JWT');
  });

  it('lets a token expire by the clock, with a leeway of 10 s', async () => {
    await fixture.target.wait(3 * day + 9);
    expect((await fixture.target.get('/api/tools')).status).toBe(200);
    await fixture.target.wait(2);
    const { status, json } = await fixture.target.get('/api/tools');
    expect([status, json]).toEqual([
      401,
      { status_code: 401, error: 'Invalid token', description: 'Signature has expired' },
    ]);
  });
});

facts('a new secret', (fixture) => {
  it('ends all tokens at once', async () => {
    await fixture.target.control('POST', 'secret', {});
    const { json } = await fixture.target.get('/api/tools');
    expect(json.description).toBe('Signature verification failed');
  });
});

facts('shares', (fixture) => {
  it('let others read or write, until they are taken', async () => {
    const { target } = fixture;
    const token = await target.signIn('reader', 'reader-password');
    const statuses = async () => [
      (await target.get(demo, { token })).status,
      (await target.put(demo, { name: 'demo-nuclei' }, { token })).status,
      (await target.get('/api/experiments', { token })).json.data.length,
    ];
    expect(await statuses()).toEqual([403, 403, 0]);
    await target.control('POST', 'shares', { experiment: 'demo-nuclei', user: 'reader', access: 'read' });
    expect(await statuses()).toEqual([200, 403, 1]);
    await target.control('POST', 'shares', { experiment: 'demo-nuclei', user: 'reader', access: 'write' });
    expect(await statuses()).toEqual([200, 200, 1]);
    expect((await target.control('GET', 'shares')).json.shares).toHaveLength(1);
    await target.control('POST', 'shares', { experiment: 'demo-nuclei', user: 'reader', access: null });
    expect(await statuses()).toEqual([403, 403, 0]);
  });
});

describe('ids', () => {
  it.each(['MQ==', 'MQ', '1', 'dG1hcHMx'])('%s is 1', (text) => {
    expect(decodeId(text)).toBe(1);
  });

  it.each(['', 'x', 'MQ===', '-1', 'bm8='])('"%s" is none', (text) => {
    expect(decodeId(text)).toBeUndefined();
  });
});

facts('paths', (fixture) => {
  it('take each form of an id, and refuse others with 400', async () => {
    const statusOf = async (id: string) => (await fixture.target.get(`/api/experiments/${id}`)).status;
    expect(await Promise.all(['MQ==', 'MQ%3D%3D', '1', 'dG1hcHMx', 'x', 'OTk='].map(statusOf))).toEqual([
      200, 200, 200, 200, 400, 404,
    ]);
  });

  it('are unknown in HTML, and have methods', async () => {
    const unknown = await fixture.target.get('/api/nothing');
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([404, 'text/html']);
    const wrong = await fixture.target.send('PUT', '/api/experiments');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST, GET, HEAD']);
  });

  it('answer HEAD as GET, without a body', async () => {
    const [head, get] = [await fixture.target.send('HEAD', demo), await fixture.target.get(demo)];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
  });

  it('refuse names that are no texts', async () => {
    expect((await fixture.target.put(demo, { name: 7 })).status).toBe(400);
  });

  it('answer JSON with sorted members, indented or compact', async () => {
    const indented = await fixture.target.get(demo);
    expect(indented.text).toMatch(/^\{\n {2}"data": \{\n {4}"description"/);
    const headers = { 'x-requested-with': 'XMLHttpRequest' };
    expect((await fixture.target.get(demo, { headers })).text).toMatch(/^\{"data":\{"description":/);
  });

  it('refuse malformed JSON with HTML, and take JSON of its type only', async () => {
    const send = async (type: string, body: string) => {
      const headers = { authorization: `JWT ${fixture.target.token}`, 'content-type': type };
      const answer = await fetch(`${fixture.target.url}${demo}/plates`, { method: 'POST', headers, body });
      return [answer.status, answer.headers.get('content-type'), await answer.text()];
    };
    expect((await send('application/json', '{')).slice(0, 2)).toEqual([400, 'text/html']);
    const [status, , text] = await send('text/plain', '{"name": "p"}');
    expect([status, JSON.parse(String(text)).error.type]).toEqual([400, 'MissingPOSTParameterError']);
  });
});
