import { describe, expect, it } from 'vitest';
import type { Acts, AdminAct } from '../../../functions/edge/acts.ts';
import { httpHandler } from '../../../functions/edge/http-handler.ts';
import { createOAuthRoutes } from '../../../functions/edge/oauth-routes.ts';
import { createLinks } from '../../../shared/tokens/links.ts';
import { createRegistering } from '../../shared/actions/registering.ts';
import { sampleId } from '../../shared/registration/world.ts';
import { anna, consumerOf, createWorld } from '../../shared/tokens/builders.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const tenantOrigin = 'https://snb.example.com';

const setUp = (publicUrl = 'https://facade.example.com') => {
  const world = createWorld();
  const links = createLinks({
    ...world,
    settings: {
      origin: tenantOrigin,
      clientId: 'client-1',
      responseType: 'token',
      scope: '',
      authorizePath: '/auth/oauth/authorize',
      tokenPath: '',
      withoutState: 'refuse',
    },
    exchangeCode: () => Promise.reject(new Error('not here')),
  });
  const noted: AdminAct[] = [];
  const acts: Acts = {
    around(act, run) {
      noted.push(act);
      return run();
    },
  };
  const { registering, samples } = createRegistering(world, links.logins);
  const handler = httpHandler(publicUrl, createOAuthRoutes(links, acts, tenantOrigin, registering));
  const ask = async (
    method: 'GET' | 'POST',
    resource: string,
    parts: { query?: Record<string, string>; headers?: Record<string, string>; body?: string } = {},
  ) => {
    const { body, ...rest } = parts;
    const event = proxyEvent({ method, resource, ...rest, ...(body === undefined ? {} : { body: Buffer.from(body) }) });
    const reply = await invokeStreaming(handler, event);
    return { ...reply, text: reply.body.toString() };
  };
  const ownOrigin = new URL(publicUrl).origin;
  const form = { origin: ownOrigin, 'content-type': 'application/x-www-form-urlencoded' };
  const json = { origin: ownOrigin, 'content-type': 'application/json' };
  const ticket = async (contact?: string, subject = 'anna', returnUrl?: string) =>
    new URL((await links.create({ ...anna, subject }, publicUrl, { contact, returnUrl })).url).searchParams.get(
      'ticket',
    ) ?? '';
  const begin = async (returnUrl?: string) => {
    const body = `ticket=${await ticket(undefined, 'anna', returnUrl)}`;
    const started = await ask('POST', '/oauth/start', { headers: form, body });
    const cookie = (started.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    const state = new URL(started.headers.location ?? '').searchParams.get('state') ?? '';
    return { started, cookie, state };
  };
  const finish = (headers: Record<string, string>, found: object) =>
    ask('POST', '/oauth/callback', { headers: { ...json, ...headers }, body: JSON.stringify(found) });
  return { ...world, ask, ticket, begin, finish, form, json, noted, samples };
};

describe('the login of a person who registers a sample', () => {
  const watch = 'w'.repeat(43);
  const query = { __eid: sampleId, watch };

  it('shows the sample, goes to the login, marks the sample, and says so to the dialog', async () => {
    const { ask, form, finish, samples, noted } = setUp();
    const shown = await ask('GET', '/oauth/register-sample', { query });
    expect([shown.status, shown.text]).toEqual([200, expect.stringContaining(sampleId)]);
    const body = new URLSearchParams({ eid: sampleId, watch }).toString();
    const started = await ask('POST', '/oauth/register-sample', { headers: form, body });
    expect(started.status).toBe(303);
    const cookie = (started.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    const state = new URL(started.headers.location ?? '').searchParams.get('state') ?? '';
    const finished = await finish({ cookie }, { state, token: 'a-token' });
    expect([finished.status, JSON.parse(finished.text)]).toEqual([
      200,
      {
        title: 'The sample is registered',
        text: `${sampleId} is registered in the name of anna@example.com. You can close this window.`,
      },
    ]);
    expect(finished.headers['set-cookie']).toContain('Max-Age=0');
    expect(samples.current().external).toBe('c0');
    const told = await ask('GET', '/oauth/register-sample/outcome', { query: { watch } });
    expect(JSON.parse(told.text)).toEqual({ state: 'done', text: `${sampleId} is registered.` });
    // Nothing was linked.
    expect(noted).toEqual([]);
  });

  it('is begun by no page of another origin', async () => {
    const { ask, form } = setUp();
    const body = new URLSearchParams({ eid: sampleId, watch }).toString();
    const headers = { ...form, origin: 'https://evil.example.com' };
    expect((await ask('POST', '/oauth/register-sample', { headers, body })).status).toBe(403);
  });
});

describe('the pages of /oauth', () => {
  it.each([
    ['GET', '/oauth/start'],
    ['GET', '/oauth/callback'],
    ['GET', '/oauth/callback.js'],
    ['GET', '/oauth/page.css'],
    ['GET', '/oauth/register-sample'],
    ['GET', '/oauth/register-sample/outcome'],
    ['POST', '/oauth/register-sample'],
    ['POST', '/oauth/start'],
  ] as const)('answer %s %s with headers that keep everything else out', async (method, resource) => {
    const { headers } = await setUp().ask(method, resource);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; script-src 'self'; style-src 'self';.*form-action 'self'.*frame-ancestors 'none'; base-uri 'none'$/,
      ),
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  it('hold no script or style of their own, so that the policy needs no exception', async () => {
    const { ask, ticket } = setUp();
    const pages = [
      await ask('GET', '/oauth/start', { query: { ticket: await ticket() } }),
      await ask('GET', '/oauth/callback'),
    ];
    for (const { text } of nonEmpty(pages)) {
      expect(text).not.toMatch(/<style|style=|<script>|\son\w+=/);
      expect(text).toMatch(/<html lang="en">[\s\S]*<title>[^<]+<\/title>[\s\S]*<h1/);
    }
  });

  it('show for whom the token will be used, whatever the names hold', async () => {
    const { ask, ticket } = setUp();
    const query = { ticket: await ticket('<b>"team"</b>', `anna'"<script>alert(1)</script>`) };
    const { status, text, headers } = await ask('GET', '/oauth/start', { query });
    expect(status).toBe(200);
    expect(text).toContain('&#60;script&#62;');
    expect(text).not.toMatch(/<script>alert|<b>"team"/);
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['content-security-policy']).toContain(`form-action 'self' https: ${tenantOrigin};`);
  });

  it('refuse an unknown link in plain words', async () => {
    const { status, text } = await setUp().ask('GET', '/oauth/start', { query: { ticket: 'guessed' } });
    expect(status).toBe(403);
    expect(text).toContain('This link is not known');
  });

  it.each(['access_token', 'Access_Token', 'id_token', 'token', 'refresh_token'])(
    'refuse a token in a query string: %s',
    async (name) => {
      const { status, text } = await setUp().ask('GET', '/oauth/callback', { query: { [name]: 'exposed' } });
      expect(status).toBe(403);
      expect(text).toContain('revoked');
      expect(text).not.toContain('exposed');
    },
  );
});

describe('starting a login', () => {
  it('sends the browser to the tenant with a cookie of its own', async () => {
    const { started } = await setUp().begin();
    expect(started.status).toBe(303);
    expect(started.headers.location).toMatch(/^https:\/\/snb\.example\.com\/auth\/oauth\/authorize\?/);
    expect(started.headers['set-cookie']).toMatch(
      /^__Host-signals-facade-link=[\w-]{43}; Path=\/; Max-Age=900; Secure; HttpOnly; SameSite=Lax$/,
    );
  });

  it('names the cookie plainly on loopback, where there is no TLS', async () => {
    const { started } = await setUp('http://127.0.0.1:4000').begin();
    expect(started.headers['set-cookie']).toMatch(
      /^signals-facade-link=[\w-]{43}; Path=\/; Max-Age=900; HttpOnly; SameSite=Lax$/,
    );
  });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://facade.example.com.evil.example' },
    { origin: 'https://facade.example.com', 'sec-fetch-site': 'same-site' },
    {},
  ])('is refused from a page elsewhere, and the link stays good: %o', async (headers) => {
    const { ask, ticket, form } = setUp();
    const body = `ticket=${await ticket()}`;
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await ask('POST', '/oauth/start', { headers: { ...type, ...headers }, body })).status).toBe(403);
    expect((await ask('POST', '/oauth/start', { headers: form, body })).status).toBe(303);
  });
});

describe('ending a login', () => {
  it('links the token and takes the cookie back', async () => {
    const { begin, finish, store } = setUp();
    const { cookie, state } = await begin();
    const { status, text, headers } = await finish({ cookie: `other=1; ${cookie}` }, { state, token: 'a-token' });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      title: 'Your account is linked',
      text: 'app now works in Signals Notebook as anna@example.com when it acts for anna. You can close this page.',
    });
    expect(headers['set-cookie']).toContain('Max-Age=0');
    expect(text).not.toContain('a-token');
    expect((await store.read(anna))?.state).toBe('living');
  });

  it('is recorded with the consumer, the person and the account', async () => {
    const { begin, finish, noted } = setUp();
    const { cookie, state } = await begin();
    await finish({ cookie }, { state, token: 'a-token' });
    expect(noted.map(({ act, target, caller }) => [act, target, caller.consumer.id, caller.subject])).toEqual([
      ['tokens.link', 'signals/user/app/app-1/anna as 101', 'app', 'anna'],
    ]);
    expect(JSON.stringify(noted)).not.toContain('a-token');
  });

  it('takes the cookie back, under the headers of these pages, when the login ends without a link', async () => {
    const { begin, finish } = setUp();
    const { cookie, state } = await begin();
    const { status, text, headers } = await finish({ cookie }, { state, error: 'access_denied' });
    expect([status, JSON.parse(text).errors[0].code]).toEqual([403, 'LINK_REFUSED']);
    expect(headers['set-cookie']).toContain('Max-Age=0');
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.api+json',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });

  it('leaves the cookie of a login that goes on', async () => {
    const { begin, finish } = setUp();
    const { cookie, state } = await begin();
    for (const refused of [
      await finish({ cookie, origin: 'https://evil.example' }, { state, token: 't' }),
      await finish({ cookie }, { state, token: 'with space' }),
      await finish({ cookie }, { state: 'forged', token: 'a-token' }),
      await finish({ cookie }, { token: 'a-token' }),
      await finish({ cookie }, { error: 'access_denied' }),
    ]) {
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(refused.headers['set-cookie']).toBeUndefined();
      expect(refused.headers['x-frame-options']).toBe('DENY');
    }
    expect((await finish({ cookie }, { state, token: 'a-token' })).status).toBe(200);
  });

  it('takes a cookie back that opens no login any more', async () => {
    const { begin, finish } = setUp();
    const { cookie, state } = await begin();
    await finish({ cookie }, { state, token: 't' });
    const { status, headers } = await finish({ cookie }, { state, token: 't' });
    expect([status, headers['set-cookie']]).toEqual([403, expect.stringContaining('Max-Age=0')]);
  });

  it('keeps every sign of a token as it came', async () => {
    const { begin, finish, seen } = setUp();
    const token = 'a+b/c==~%2B%2b#d&e=f?g';
    const { cookie, state } = await begin();
    expect((await finish({ cookie }, { state, token })).status).toBe(200);
    expect(seen.probed.map(({ secret }) => secret)).toEqual([token]);
  });

  it.each(['/oauth/start', '/oauth/callback'])(
    'refuses a large body, under the headers of these pages: %s',
    async (page) => {
      const { ask, form, json, begin } = setUp();
      const { cookie } = await begin();
      const headers = { ...(page === '/oauth/start' ? form : json), cookie };
      const { status, headers: answered } = await ask('POST', page, { headers, body: '['.repeat(65_537) });
      expect([status, answered['x-frame-options']]).toEqual([413, 'DENY']);
      const { status: deep } = await ask('POST', '/oauth/callback', {
        headers: { ...json, cookie },
        body: '['.repeat(33),
      });
      expect(deep).toBe(400);
    },
  );

  it('reads the cookie first: a stranger’s body is never parsed', async () => {
    const { begin, ask, json } = setUp();
    const { cookie } = await begin();
    const body = '[[[ no JSON';
    const codeOf = async (headers: Record<string, string>) => {
      const { text } = await ask('POST', '/oauth/callback', { headers: { ...json, ...headers }, body });
      return JSON.parse(text).errors[0].code;
    };
    expect(await codeOf({})).toBe('LINK_REFUSED');
    expect(await codeOf({ cookie: `__Host-signals-facade-link=${'x'.repeat(43)}` })).toBe('LINK_REFUSED');
    expect(await codeOf({ cookie })).toBe('REQUEST_INVALID');
  });

  it.each([
    ['deleted', undefined],
    ['made again', consumerOf('app', { incarnation: 'app-2' })],
  ])('links nothing for a consumer that was %s meanwhile', async (_what, successor) => {
    const { begin, finish, store, consumers, noted } = setUp();
    const { cookie, state } = await begin();
    if (successor) consumers.set('app', successor);
    else consumers.delete('app');
    const { status, text } = await finish({ cookie }, { state, token: 'a-token' });
    expect([status, JSON.parse(text).errors[0].code]).toEqual([403, 'LINK_REFUSED']);
    expect((await store.list(10)).tokens).toEqual([]);
    expect(noted).toEqual([]);
  });

  it.each([
    ['a page elsewhere', { origin: 'https://evil.example' }, 403],
    ['no page', { origin: '' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
  ])('is refused to %s, and the login goes on', async (_what, headers, expected) => {
    const { begin, finish } = setUp();
    const { cookie, state } = await begin();
    expect((await finish({ cookie, ...headers }, { state, token: 't' })).status).toBe(expected);
    expect((await finish({ cookie }, { state, token: 't' })).status).toBe(200);
  });

  it('is refused without the cookie, and with two of its name', async () => {
    const { begin, finish } = setUp();
    const { cookie, state } = await begin();
    const planted = '__Host-signals-facade-link=planted';
    expect((await finish({}, { state, token: 't' })).status).toBe(403);
    expect((await finish({ cookie: planted }, { state, token: 't' })).status).toBe(403);
    expect((await finish({ cookie: `${planted}; ${cookie}` }, { state, token: 't' })).status).toBe(403);
    expect((await finish({ cookie }, { state, token: 't' })).status).toBe(200);
  });

  it.each([[{ token: 'with space' }], [{ token: 'line\nbreak' }], [{ token: 'x'.repeat(9_000) }], [{ token: 7 }]])(
    'is refused for what is no bearer token: %o',
    async (found) => {
      const { begin, finish, store } = setUp();
      const { cookie, state } = await begin();
      const { status, text } = await finish({ cookie }, { state, ...found });
      expect(status).toBe(400);
      expect(text).not.toContain('with space');
      expect(await store.read(anna)).toBeUndefined();
    },
  );
});
