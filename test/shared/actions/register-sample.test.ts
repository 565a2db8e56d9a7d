/** A sample is marked in the name of the person who logged in for it, once, and the dialog learns how it ended. */
import { describe, expect, it } from 'vitest';
import { createLinks } from '../../../shared/tokens/links.ts';
import { isFor } from '../../../shared/tokens/logins.ts';
import type { OAuthSettings } from '../../../shared/tokens/oauth.ts';
import { createSecret } from '../../../shared/tokens/one-time.ts';
import { sampleId } from '../registration/world.ts';
import { createWorld } from '../tokens/builders.ts';
import { createRegistering } from './registering.ts';

const publicUrl = 'https://facade.example.com/prod';
const settings: OAuthSettings = {
  ...{ origin: 'https://snb.example.com', clientId: 'client-1', responseType: 'token', scope: '' },
  ...{ authorizePath: '/auth/oauth/authorize', tokenPath: '', withoutState: 'refuse' },
};

const setUp = (clientId = 'client-1', withoutState: OAuthSettings['withoutState'] = 'refuse') => {
  const world = createWorld();
  const links = createLinks({
    ...world,
    settings: { ...settings, clientId, withoutState },
    exchangeCode: () => Promise.reject(new Error('not here')),
  });
  const parts = createRegistering(world, links.logins);
  const { registerSample, tenantAs } = parts.registering;
  const watch = createSecret();
  const begin = async () => {
    const { cookie, location } = await registerSample.start(sampleId, watch, publicUrl);
    return { cookie, location, state: new URL(location).searchParams.get('state') ?? '' };
  };
  const finish = async (cookie: string, capture: object) => {
    const login = await links.logins.find(cookie);
    if (!isFor(login, 'register-sample')) throw new Error('Another purpose.');
    return registerSample.finish(login, capture, (credential) => tenantAs(credential, {} as never, {}));
  };
  return { ...world, ...parts, links, registerSample, watch, begin, finish };
};

const waiting = { state: 'waiting', text: '' };

describe('a registration by a person', () => {
  it('marks the sample as it is, as that person, keeps no token, and tells the dialog', async () => {
    const { begin, finish, registerSample, samples, calledAs, watch, store, once } = setUp();
    const kept: unknown[] = [];
    const { put } = once;
    once.put = async (name, value, expires) => {
      kept.push(value);
      await put(name, value, expires);
    };
    const { cookie, state, location } = await begin();
    expect(new URL(location).searchParams.get('redirect_uri')).toBe(`${publicUrl}/oauth/callback`);
    expect(await registerSample.outcome(watch)).toEqual(waiting);

    expect(await finish(cookie, { state, token: 'a-token' })).toMatchObject({ id: '101' });

    expect(samples.current()).toEqual({ self: 'c0', external: 'c0' });
    expect(calledAs.map(({ kind, principal, secret }) => [kind, principal, secret])).toEqual([
      ['user', 'user:signals:101', 'a-token'],
    ]);
    expect((await samples.store.read(sampleId))?.mark).toMatchObject({ consumerId: 'facade.register-sample' });
    expect(await registerSample.outcome(watch)).toEqual({ state: 'done', text: `${sampleId} is registered.` });
    expect((await store.list({ limit: 10 } as never)).tokens).toEqual([]);
    expect(JSON.stringify(kept)).not.toContain('a-token');
  });

  it('takes one answer, and the dialog of another name learns nothing', async () => {
    const { begin, finish, registerSample } = setUp();
    const { cookie, state } = await begin();
    await finish(cookie, { state, token: 'first' });
    await expect(finish(cookie, { state, token: 'second' })).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    expect(await registerSample.outcome(createSecret())).toEqual(waiting);
  });

  it('writes nothing and stays open when a forged answer comes, and tells the dialog nothing', async () => {
    const { begin, finish, registerSample, samples, watch } = setUp();
    const { cookie, state } = await begin();
    await expect(finish(cookie, { state: 'forged', token: 'theirs' })).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    expect(samples.current().external).toBe('');
    expect(await registerSample.outcome(watch)).toEqual(waiting);
    await finish(cookie, { state, token: 'mine' });
    expect(samples.current().external).toBe('c0');
  });

  it.each([
    [
      'the person does not allow it',
      (state: string) => ({ state, error: 'access_denied' }),
      /did not allow it, so nothing was done\. Try again\.$/,
    ],
    [
      'the tenant refuses the token',
      (state: string) => ({ state, token: 'dead' }),
      /refuses the token .+ Try again\.$/,
    ],
  ])('tells the dialog why it failed when %s', async (_title, captureOf, words) => {
    const { begin, finish, registerSample, samples, watch, answerProbesWith } = setUp();
    answerProbesWith({ kind: 'dead' });
    const { cookie, state } = await begin();
    await expect(finish(cookie, captureOf(state))).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    expect(await registerSample.outcome(watch)).toEqual({ state: 'failed', text: expect.stringMatching(words) });
    expect(samples.current().external).toBe('');
  });

  it('lets no second answer end what the first one does, and no lost word hide that the sample is marked', async () => {
    const { begin, finish, registerSample, samples, watch, once } = setUp();
    const { cookie, state } = await begin();
    const both = await Promise.allSettled([
      finish(cookie, { state, token: 'first' }),
      finish(cookie, { state, token: 'second' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await registerSample.outcome(watch)).state).toBe('done');

    const other = await begin();
    const { put } = once;
    once.put = () => Promise.reject(new Error('table away'));
    await finish(other.cookie, { state: other.state, token: 'third' });
    once.put = put;
    expect(samples.current().external).toBe('c0');
  });

  it('takes no answer without state, where links do', async () => {
    const { begin, finish, samples } = setUp('client-1', 'accept');
    const { cookie } = await begin();
    await expect(finish(cookie, { token: 'theirs' })).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    expect(samples.current().external).toBe('');
  });

  it('forgets how it ended after 15 minutes', async () => {
    const { begin, finish, registerSample, watch, wait } = setUp();
    const { cookie, state } = await begin();
    await finish(cookie, { state, token: 'a-token' });
    wait(15 * 60_000);
    expect(await registerSample.outcome(watch)).toEqual(waiting);
  });

  it('is not a link, and a link is not a registration', async () => {
    const { begin, links } = setUp();
    const { cookie } = await begin();
    await expect(links.find(cookie)).rejects.toMatchObject({ code: 'LINK_REFUSED' });
  });

  it.each([
    ['no sample', undefined, createSecret(), 'REQUEST_INVALID'],
    ['an experiment', 'experiment:1', createSecret(), 'REQUEST_INVALID'],
    ['markup', 'sample:<b>', createSecret(), 'REQUEST_INVALID'],
    ['no watch', sampleId, undefined, 'LINK_REFUSED'],
    ['a short watch', sampleId, 'x', 'LINK_REFUSED'],
  ])('does not begin with %s', async (_title, sample, watch, code) => {
    const { registerSample } = setUp();
    expect(() => registerSample.show(sample, watch)).toThrow(expect.objectContaining({ code }));
    await expect(registerSample.start(sample, watch, publicUrl)).rejects.toMatchObject({ code });
  });

  it('does not begin where nobody can log in', async () => {
    const { registerSample, watch } = setUp('');
    expect(() => registerSample.show(sampleId, watch)).toThrow(expect.objectContaining({ code: 'LINKING_OFF' }));
    await expect(registerSample.start(sampleId, watch, publicUrl)).rejects.toMatchObject({ code: 'LINKING_OFF' });
  });
});
