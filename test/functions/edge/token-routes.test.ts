import { describe, expect, it } from 'vitest';
import type { AdminAct } from '../../../functions/edge/acts.ts';
import { httpHandler } from '../../../functions/edge/http-handler.ts';
import { createTokenRoutes } from '../../../functions/edge/token-routes.ts';
import type { Identifier } from '../../../shared/consumers/identify.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { headerValue } from '../../../shared/http/headers.ts';
import { createLinks } from '../../../shared/tokens/links.ts';
import { anna, consumerOf, createWorld, dayMillis, hourMillis, startMillis } from '../../shared/tokens/builders.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';

const scopesOf: Readonly<Record<string, string[]>> = {
  app: ['entities:*'],
  other: ['*:*'],
  operator: ['tokens:read'],
  keeper: ['tokens:*'],
  'service-only': ['*:*'],
};

const seenFresh: boolean[] = [];
/** Each key is the name of its consumer. */
const identifier = {
  async identify(headers, options) {
    seenFresh.push(options?.fresh ?? false);
    const id = headerValue(headers, 'x-api-key') ?? '';
    const scopes = scopesOf[id];
    if (!scopes) throw new AppError('CONSUMER_UNKNOWN');
    const actsAs = id === 'service-only' ? (['service'] as const) : (['user', 'service'] as const);
    return {
      consumer: consumerOf(id, { scopes, actsAs: [...actsAs] }),
      subject: headerValue(headers, 'x-on-behalf-of'),
    };
  },
} as Identifier;

const setUp = (clientId = 'client-1') => {
  const world = createWorld();
  const links = createLinks({
    ...world,
    settings: {
      origin: 'https://snb.example.com',
      clientId,
      responseType: 'token',
      scope: '',
      authorizePath: '/auth/oauth/authorize',
      tokenPath: '',
      withoutState: 'refuse',
    },
    exchangeCode: () => Promise.reject(new Error('not here')),
  });
  const noted: AdminAct[] = [];
  const acts = {
    around<T>(act: AdminAct, run: () => Promise<T>): Promise<T> {
      noted.push(act);
      return run();
    },
  };
  const routes = createTokenRoutes({ ...world, identifier, links, acts, upstream: 'signals' });
  const handler = httpHandler('https://facade.example.com', routes);
  const call = async (
    method: string,
    resource: string,
    key: string,
    subject?: string,
    query = {},
    pathParameters = {},
    sent?: object,
  ) => {
    const headers = {
      'x-api-key': key,
      ...(subject === undefined ? {} : { 'x-on-behalf-of': subject }),
      ...(sent === undefined ? {} : { 'content-type': 'application/vnd.api+json' }),
    };
    const { status, body } = await invokeStreaming(
      handler,
      proxyEvent({
        ...{ method, resource, headers, query, pathParameters },
        ...(sent === undefined ? {} : { body: Buffer.from(JSON.stringify(sent)) }),
      }),
    );
    return { status, text: body.toString(), document: body.byteLength > 0 ? JSON.parse(body.toString()) : undefined };
  };
  return { ...world, call, noted };
};

describe('/v1/me/token', () => {
  it('shows the state of the token, with a countdown and how to renew it, and never its value', async () => {
    const { call, link, wait } = setUp();
    await link();
    wait(3 * dayMillis + hourMillis);
    const { status, text, document } = await call('GET', '/v1/me/token', 'app', 'anna');
    expect(status).toBe(200);
    expect(document.data).toEqual({
      type: 'user-token',
      id: 'v1',
      attributes: {
        upstream: 'signals',
        consumerId: 'app',
        subject: 'anna',
        state: 'living',
        personId: '101',
        personEmail: 'anna@example.com',
        linkedAt: '2026-03-01T00:00:00.000Z',
        lastUsedAt: '2026-03-01T00:00:00.000Z',
        diesUnusedAt: '2026-03-31T00:00:00.000Z',
        daysLeft: 26,
      },
    });
    expect(document.links.renew).toEqual({
      href: 'https://facade.example.com/v1/me/token/links',
      meta: { method: 'POST' },
    });
    expect(text).not.toMatch(/the-token|sealed|wrappedKey/);
  });

  it('tells when a token died', async () => {
    const { call, link, store } = setUp();
    await link();
    await store.markDead(anna, 'v1', startMillis + hourMillis);
    const { document } = await call('GET', '/v1/me/token', 'app', 'anna');
    expect(document.data.attributes).toMatchObject({ state: 'dead', diedAt: '2026-03-01T01:00:00.000Z' });
    expect(document.data.attributes.daysLeft).toBeUndefined();
  });

  it('is about the subject of the consumer that asks, and about nobody without one', async () => {
    const { call, link } = setUp();
    await link();
    expect((await call('GET', '/v1/me/token', 'app', 'bob')).document.errors[0].code).toBe('TOKEN_UNKNOWN');
    expect((await call('DELETE', '/v1/me/token', 'other', 'anna')).status).toBe(404);
    const nobody = await call('GET', '/v1/me/token', 'app');
    expect(nobody.document.errors[0]).toMatchObject({ code: 'REQUEST_INVALID', source: { header: 'X-On-Behalf-Of' } });
    // Who may not name a person is not asked to.
    expect((await call('GET', '/v1/me/token', 'service-only')).document.errors[0].code).toBe('SUBJECT_REFUSED');
    expect((await call('GET', '/v1/me/token', 'stranger', 'anna')).status).toBe(401);
  });

  it('gives no link that leads back to an address which the record does not list', async () => {
    const { call } = setUp();
    const linkTo = (returnUrl: string) =>
      call(
        'POST',
        '/v1/me/token/links',
        'app',
        'anna',
        {},
        {},
        {
          data: { type: 'token-link', attributes: { returnUrl } },
        },
      );
    const { status, document } = await linkTo('https://evil.example/');
    expect([status, document.errors[0].source]).toEqual([400, { pointer: '/data/attributes/returnUrl' }]);
    expect((await linkTo('https://facade.example.com/me')).status).toBe(201);
  });

  it('removes record and secret at once', async () => {
    const { call, link, store } = setUp();
    await link();
    expect((await call('DELETE', '/v1/me/token', 'app', 'anna')).status).toBe(204);
    expect(await store.read(anna)).toBeUndefined();
    expect((await call('DELETE', '/v1/me/token', 'app', 'anna')).status).toBe(404);
  });

  it('has what changes something recorded, with the person it is about, and not what reads', async () => {
    const { call, link, noted } = setUp();
    await link();
    await call('GET', '/v1/me/token', 'app', 'anna');
    await call('POST', '/v1/me/token/links', 'app', 'anna');
    await call('DELETE', '/v1/me/token', 'app', 'anna');
    expect(noted.map(({ act, target, caller }) => [act, target, caller.consumer.id])).toEqual([
      ['tokens.create-link', 'signals/user/app/app-1/anna', 'app'],
      ['tokens.revoke', 'signals/user/app/app-1/anna', 'app'],
    ]);
  });

  it('gives a link that is good once', async () => {
    const { status, document } = await setUp().call('POST', '/v1/me/token/links', 'app', 'anna');
    expect(status).toBe(201);
    expect(document.data).toMatchObject({
      type: 'token-link',
      attributes: {
        url: expect.stringMatching(/^https:\/\/facade\.example\.com\/oauth\/start\?ticket=[\w-]{43}$/),
        expiresAt: '2026-03-01T00:10:00.000Z',
      },
    });
    expect(document.data.attributes.url).not.toContain(document.data.id);
  });

  it('gives no link where there is no client id', async () => {
    const { status, document } = await setUp('').call('POST', '/v1/me/token/links', 'app', 'anna');
    expect([status, document.errors[0].code]).toEqual([503, 'LINKING_OFF']);
  });
});

describe('GET /v1/me/tokens', () => {
  it('lists the tokens of the consumer that asks, on pages, and those of no other that has or had its id', async () => {
    const { call, link } = setUp();
    for (const subject of ['anna', 'bob', 'cleo']) await link({ subject, version: subject });
    await link({ consumerId: 'other', incarnation: 'other-1', subject: 'dora', version: 'of-other' });
    await link({ incarnation: 'app-0', subject: 'emil', version: 'of-former' });
    const subjects: string[] = [];
    let query: Record<string, string> = { 'page[limit]': '2' };
    for (let page = 0; query['page[limit]'] !== undefined; page += 1) {
      expect(page).toBeLessThan(4);
      const { status, document } = await call('GET', '/v1/me/tokens', 'app', undefined, query);
      expect(status).toBe(200);
      subjects.push(...document.data.map(({ attributes }: { attributes: { subject: string } }) => attributes.subject));
      query = Object.fromEntries(new URL(document.links.next ?? 'https://no.next').searchParams);
    }
    expect(subjects).toEqual(['anna', 'bob', 'cleo']);
  });

  it('is closed to strangers', async () => {
    expect((await setUp().call('GET', '/v1/me/tokens', 'stranger')).status).toBe(401);
  });
});

describe('GET /v1/tokens', () => {
  it('lists all tokens on pages to whoever may administer them', async () => {
    const { call, link } = setUp();
    for (const subject of ['anna', 'bob', 'cleo']) await link({ subject, version: subject });
    const first = await call('GET', '/v1/tokens', 'operator', undefined, { 'page[limit]': '2' });
    expect(first.document.data).toHaveLength(2);
    const query = Object.fromEntries(new URL(first.document.links.next).searchParams);
    const second = await call('GET', '/v1/tokens', 'operator', undefined, query);
    expect(second.document.links.next).toBeUndefined();
    const all = [...first.document.data, ...second.document.data];
    expect(all.map(({ attributes }) => attributes.subject)).toEqual(['anna', 'bob', 'cleo']);
    expect(first.text).not.toMatch(/sealed|wrappedKey/);
  });

  it('lists those of one consumer', async () => {
    const { call, link } = setUp();
    await link();
    await link({ consumerId: 'other', incarnation: 'other-1' });
    const { document } = await call('GET', '/v1/tokens', 'operator', undefined, { 'filter[consumer]': 'other' });
    expect(document.data.map(({ attributes }: { attributes: object }) => attributes)).toMatchObject([
      { consumerId: 'other' },
    ]);
  });

  it.each(['0', '101', 'x', '-1', '1.5'])('refuses a page of %s', async (limit) => {
    const { status } = await setUp().call('GET', '/v1/tokens', 'operator', undefined, { 'page[limit]': limit });
    expect(status).toBe(400);
  });

  it.each(['app', 'other'])('is closed to %s', async (key) => {
    expect((await setUp().call('GET', '/v1/tokens', key)).document.errors[0].code).toBe('SCOPE_MISSING');
  });
});

describe('DELETE /v1/tokens/{tokenId}', () => {
  const revoke = ({ call }: ReturnType<typeof setUp>, key: string, tokenId: string) =>
    call('DELETE', '/v1/tokens/{tokenId}', key, undefined, {}, { tokenId });

  it('removes the token of that id, and is recorded', async () => {
    const world = setUp();
    for (const subject of ['anna', 'bob']) await world.link({ subject, version: `token-of-${subject}` });
    expect((await revoke(world, 'keeper', 'token-of-anna')).status).toBe(204);
    expect((await world.store.list(10)).tokens.map(({ subject }) => subject)).toEqual(['bob']);
    expect(world.noted.map(({ act, target, caller }) => [act, target, caller.consumer.id])).toEqual([
      ['tokens.revoke', 'signals/user/app/app-1/anna', 'keeper'],
    ]);
    expect((await revoke(world, 'keeper', 'token-of-anna')).document.errors[0].code).toBe('TOKEN_UNKNOWN');
  });

  it('removes also what no consumer can reach any more', async () => {
    const world = setUp();
    await world.link({ consumerId: 'gone', incarnation: 'gone-1', version: 'orphan' });
    expect((await revoke(world, 'keeper', 'orphan')).status).toBe(204);
  });

  it('decides by the record of the caller as it is now', async () => {
    const world = setUp();
    await world.link();
    seenFresh.length = 0;
    await revoke(world, 'keeper', 'v1');
    await world.call('GET', '/v1/tokens', 'operator');
    await world.call('DELETE', '/v1/me/token', 'app', 'anna');
    expect(seenFresh).toEqual([true, true, true]);
  });

  it.each(['app', 'other', 'operator'])('is closed to %s', async (key) => {
    const world = setUp();
    await world.link();
    expect((await revoke(world, key, 'v1')).document.errors[0].code).toBe('SCOPE_MISSING');
    expect(await world.store.read(anna)).toBeDefined();
  });
});

describe('what a list may be asked', () => {
  it.each(['App', 'x'.repeat(2_000), '', 'a#b'])('refuses the consumer %.20s', async (id) => {
    const { status, document } = await setUp().call('GET', '/v1/tokens', 'operator', undefined, {
      'filter[consumer]': id,
    });
    expect([status, document.errors[0].source]).toEqual([400, { parameter: 'filter[consumer]' }]);
  });
});
