import { describe, expect, it } from 'vitest';
import { createTicketMaker } from '../../../shared/tokens/links.ts';
import { Capture } from '../../../shared/tokens/logins.ts';
import { anna, createWorld, startMillis } from './builders.ts';

import { implicit, minuteMillis, publicUrl, refusedBecause, setUp, swapCase } from './linking-world.ts';

describe('a link', () => {
  it('shows for whom it is as often as it is looked at, and starts one login', async () => {
    const { links, ticketOf } = setUp();
    const { url, expiresAtMillis } = await links.create(anna, publicUrl, { contact: 'app-team@example.com' });
    expect(url).toMatch(/^https:\/\/facade\.example\.com\/prod\/oauth\/start\?ticket=[\w-]{43}$/);
    expect(expiresAtMillis).toBe(startMillis + 10 * minuteMillis);
    const ticket = ticketOf(url);
    expect(await links.show(ticket)).toMatchObject({ ...anna, contact: 'app-team@example.com' });
    expect(await links.show(ticket)).toMatchObject(anna);
    await links.start(ticket, publicUrl);
    await expect(links.start(ticket, publicUrl)).rejects.toMatchObject(refusedBecause(/has been used/));
    await expect(links.show(ticket)).rejects.toMatchObject(refusedBecause(/has been used/));
  });

  it('is refused after 10 minutes, even where the store has not forgotten it', async () => {
    const { links, ticketOf, wait } = setUp();
    const ticket = ticketOf((await links.create(anna, publicUrl)).url);
    wait(10 * minuteMillis);
    await expect(links.show(ticket)).rejects.toMatchObject(refusedBecause(/older than 10 minutes/));
    await expect(links.start(ticket, publicUrl)).rejects.toMatchObject(refusedBecause(/older than 10 minutes/));
  });

  it('is stored as a hash only', async () => {
    const world = createWorld();
    const names: string[] = [];
    const put: typeof world.once.put = async (name, value) => void names.push(name, JSON.stringify(value));
    const makeTicket = createTicketMaker({ ...world, once: { ...world.once, put }, settings: implicit });
    const ticket = new URL((await makeTicket(anna, publicUrl)).url).searchParams.get('ticket') ?? '?';
    expect(names.join()).not.toContain(ticket);
  });

  it('cannot be made where there is no client id', async () => {
    const { links, once, clock } = setUp({ clientId: '' });
    await expect(links.create(anna, publicUrl)).rejects.toMatchObject({ code: 'LINKING_OFF' });
    await expect(links.find('cookie')).rejects.toMatchObject({ code: 'LINKING_OFF' });
    expect((await createTicketMaker({ once, clock, settings: { clientId: '' } })(anna, publicUrl)).url).toBe('');
  });
});

describe('the login', () => {
  it('goes to the authorize URL of the tenant with exactly one redirect URI', async () => {
    const { begin } = setUp();
    const { location, query } = await begin();
    expect(location).toMatch(/^https:\/\/snb\.example\.com\/auth\/oauth\/authorize\?/);
    expect(Object.fromEntries(query)).toEqual({
      response_type: 'token',
      client_id: 'client-1',
      scope: 'notebook',
      redirect_uri: 'https://facade.example.com/prod/oauth/callback',
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it('stores the token that came back, sealed, for the person whose it is', async () => {
    const { finish, begin, store, stored, seen } = setUp();
    const { cookie, state } = await begin();
    expect(await finish(cookie, { state, token: 'a-token' })).toMatchObject({ ...anna, person: { id: '101' } });
    expect(seen.probed.map(({ kind, secret }) => [kind, secret])).toEqual([['user', 'a-token']]);
    expect(await store.read(anna)).toMatchObject({ state: 'living', lastUsedAtMillis: startMillis });
    expect(await stored()).toBe('a-token');
  });

  it('takes a second answer from nobody', async () => {
    const { finish, begin, stored } = setUp();
    const { cookie, state } = await begin();
    await finish(cookie, { state, token: 'first' });
    await expect(finish(cookie, { state, token: 'second' })).rejects.toMatchObject(refusedBecause(/answered already/));
    expect(await stored()).toBe('first');
  });

  it('takes no answer from another browser, nor with a state that another browser was given', async () => {
    const { finish, begin, stored } = setUp();
    const mine = await begin();
    const theirs = await begin();
    await expect(finish(undefined, { state: mine.state, token: 'x' })).rejects.toMatchObject(
      refusedBecause(/started elsewhere/),
    );
    await expect(finish('guessed', { state: mine.state, token: 'x' })).rejects.toMatchObject(
      refusedBecause(/started elsewhere/),
    );
    await expect(finish(mine.cookie, { state: theirs.state, token: 'x' })).rejects.toMatchObject(
      refusedBecause(/state in the answer/),
    );
    expect(await stored()).toBeUndefined();
  });

  it.each([
    ['a forged state', { state: 'forged', token: 'theirs' }],
    ['the state in another case', { state: 'UPPER', token: 'theirs' }],
    ['a forged state and a refusal', { state: 'forged', error: 'access_denied' }],
    ['no state', { token: 'theirs' }],
    ['an empty state', { state: '', token: 'theirs' }],
    ['no state, and a refusal', { error: 'access_denied' }],
    ['nothing', {}],
  ])('goes on after an answer with %s: the right one is taken', async (_what, forged) => {
    const { finish, begin, stored, seen } = setUp();
    const { cookie, state } = await begin();
    const isCased = 'state' in forged && forged.state === 'UPPER';
    const answer = Capture.parse(isCased ? { ...forged, state: swapCase(state) } : forged);
    await expect(finish(cookie, answer)).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    expect([await stored(), seen.probed]).toEqual([undefined, []]);
    await finish(cookie, { state, token: 'mine' });
    expect(await stored()).toBe('mine');
  });

  it.each([
    ['no state, and a refusal', { error: 'access_denied' }],
    ['no state, and a code instead of a token', { code: 'x' }],
  ])('goes on after an answer with %s, also where the tenant sends no state', async (_what, answer) => {
    const { finish, begin, stored } = setUp({ withoutState: 'accept' });
    const { cookie } = await begin();
    await expect(finish(cookie, answer)).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    await finish(cookie, { token: 'mine' });
    expect(await stored()).toBe('mine');
  });

  it('goes on after an answer of the wrong kind, and is over after a refusal with its state', async () => {
    const { finish, begin } = setUp();
    const { cookie, state } = await begin();
    await expect(finish(cookie, { state, code: 'x' })).rejects.toMatchObject(refusedBecause(/of the kind/));
    await expect(finish(cookie, { state, error: 'access_denied' })).rejects.toMatchObject(refusedBecause(/not allow/));
    await expect(finish(cookie, { state, token: 'x' })).rejects.toMatchObject(refusedBecause(/answered already/));
  });

  it('is not looked up for what no browser of ours holds', async () => {
    const { links, once } = setUp();
    const peeked: string[] = [];
    const peek = once.peek;
    once.peek = (name) => {
      peeked.push(name);
      return peek(name);
    };
    for (const cookie of [undefined, '', 'guessed', 'x'.repeat(4_000), `${'x'.repeat(42)}!`])
      await expect(links.find(cookie)).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    expect(peeked).toEqual([]);
    await expect(links.find('x'.repeat(43))).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    expect(peeked).toHaveLength(1);
  });

  it('takes exactly one of many right answers that come at once', async () => {
    const { finish, begin, seen } = setUp();
    const { cookie, state } = await begin();
    const answers = Array.from({ length: 8 }, (_, index) => finish(cookie, { state, token: `token-${index}` }));
    const outcomes = await Promise.allSettled(answers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(seen.probed).toHaveLength(1);
  });

  it('waits on while a store of the facade fails, for the link and for the answer', async () => {
    const { links, ticketOf, once, finish, stored } = setUp();
    const ticket = ticketOf((await links.create(anna, publicUrl)).url);
    const { put, take } = once;
    once.put = () => Promise.reject(new Error('table away'));
    await expect(links.start(ticket, publicUrl)).rejects.toThrow('table away');
    once.put = put;
    const { cookie, location } = await links.start(ticket, publicUrl);
    const state = new URL(location).searchParams.get('state') ?? '';
    once.take = () => Promise.reject(new Error('table away'));
    await expect(finish(cookie, { state, token: 'x' })).rejects.toThrow('table away');
    once.take = take;
    await finish(cookie, { state, token: 'x' });
    expect(await stored()).toBe('x');
  });

  it('is started by exactly one of many who press the button at once', async () => {
    const { links, ticketOf } = setUp();
    const ticket = ticketOf((await links.create(anna, publicUrl)).url);
    const starts = await Promise.allSettled(Array.from({ length: 8 }, () => links.start(ticket, publicUrl)));
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is refused after 15 minutes', async () => {
    const { finish, begin, wait } = setUp();
    const { cookie, state } = await begin();
    wait(15 * minuteMillis);
    await expect(finish(cookie, { state, token: 'x' })).rejects.toMatchObject(refusedBecause(/15 minutes/));
  });

  it('needs a state, unless the stage says that the tenant sends none', async () => {
    const strict = setUp();
    await expect(strict.finish((await strict.begin()).cookie, { token: 'x' })).rejects.toMatchObject(
      refusedBecause(/no state/),
    );
    const lenient = setUp({ withoutState: 'accept' });
    await lenient.finish((await lenient.begin()).cookie, { token: 'x' });
    expect(await lenient.stored()).toBe('x');
    await expect(lenient.finish((await lenient.begin()).cookie, { token: 'y', state: 'forged' })).rejects.toMatchObject(
      { code: 'LINK_REFUSED' },
    );
  });

  it('links nothing when the person refuses', async () => {
    const { finish, begin, stored } = setUp();
    const { cookie, state } = await begin();
    await expect(finish(cookie, { state, error: 'access_denied', token: 'x' })).rejects.toMatchObject(
      refusedBecause(/did not allow/),
    );
    expect(await stored()).toBeUndefined();
  });

  it.each([
    ['dead', 'LINK_REFUSED'],
    ['unknown', 'UPSTREAM_UNREACHABLE'],
    ['refused', 'UPSTREAM_UNREACHABLE'],
  ] as const)('keeps no token that proves %s', async (kind, code) => {
    const { finish, begin, stored, answerProbesWith } = setUp();
    answerProbesWith({ kind });
    const { cookie, state } = await begin();
    await expect(finish(cookie, { state, token: 'x' })).rejects.toMatchObject({ code });
    expect(await stored()).toBeUndefined();
  });

  it('replaces the token on renewal, also a dead one', async () => {
    const { finish, begin, stored, store } = setUp();
    for (const token of ['first', 'second']) {
      const { cookie, state } = await begin();
      const linked = await finish(cookie, { state, token });
      await store.markDead(anna, linked.version, startMillis);
    }
    const { cookie, state } = await begin();
    await finish(cookie, { state, token: 'third' });
    expect(await stored()).toBe('third');
  });
});
