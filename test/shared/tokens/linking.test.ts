/** Renewals, the consumer of a link, and the login with a code. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLinks } from '../../../shared/tokens/links.ts';
import { anna, consumerOf, createWorld, startMillis } from './builders.ts';

import { implicit, publicUrl, refusedBecause, setUp } from './linking-world.ts';

describe('a renewal', () => {
  const renew = async ({ finish, begin }: ReturnType<typeof setUp>, token: string) => {
    const { cookie, state } = await begin();
    return finish(cookie, { state, token });
  };

  it.each(['living', 'dead'])('by another account replaces no %s token, until that was forgotten', async (state) => {
    const world = setUp();
    const { version } = await renew(world, 'mine');
    if (state === 'dead') await world.store.markDead(anna, version, startMillis);
    world.answerProbesWith({ kind: 'living', person: { id: '999', email: 'eve@example.com' } });
    await expect(renew(world, 'theirs')).rejects.toMatchObject(refusedBecause(/not the one that is linked/));
    expect((await world.store.read(anna))?.person.id).toBe('101');
    await world.store.remove(anna);
    await renew(world, 'theirs');
    expect(await world.stored()).toBe('theirs');
  });
});

describe('the consumer of a link', () => {
  it.each([
    ['deleted or suspended', undefined],
    ['made again', consumerOf('app', { incarnation: 'app-2' })],
  ])('is refused at every step once it was %s', async (_what, successor) => {
    const { links, finish, ticketOf, begin, consumers, stored } = setUp();
    const { cookie, state } = await begin();
    const ticket = ticketOf((await links.create(anna, publicUrl)).url);
    if (successor) consumers.set('app', successor);
    else consumers.delete('app');
    const refusal = refusedBecause(/may not use the facade any more/);
    await expect(links.show(ticket)).rejects.toMatchObject(refusal);
    await expect(links.start(ticket, publicUrl)).rejects.toMatchObject(refusal);
    await expect(finish(cookie, { state, token: 'x' })).rejects.toMatchObject(refusal);
    expect(await stored()).toBeUndefined();
  });

  it('is looked up again after the tenant was asked', async () => {
    const world = createWorld();
    const links = createLinks({
      ...world,
      settings: implicit,
      exchangeCode: async () => '',
      probe: async () => {
        world.consumers.delete('app');
        return { kind: 'living', person: { id: '101' } };
      },
    });
    const ticket = new URL((await links.create(anna, publicUrl)).url).searchParams.get('ticket') ?? '';
    const { cookie, location } = await links.start(ticket, publicUrl);
    const state = new URL(location).searchParams.get('state') ?? '';
    await expect(links.finish(await links.find(cookie), { state, token: 'x' })).rejects.toMatchObject({
      code: 'LINK_REFUSED',
    });
    expect(await world.store.read(anna)).toBeUndefined();
  });
});

describe('the login with a code', () => {
  it('proves with PKCE, S256, that the code comes back to whoever asked', async () => {
    const { finish, begin, exchanged, stored } = setUp({ responseType: 'code' });
    const { cookie, state, query } = await begin();
    expect(query.get('response_type')).toBe('code');
    expect(query.get('code_challenge_method')).toBe('S256');
    await finish(cookie, { state, code: 'the-code' });
    const [[code, verifier, redirectUri] = []] = exchanged;
    expect(code).toBe('the-code');
    expect(verifier).toMatch(/^[\w-]{43,128}$/);
    expect(
      createHash('sha256')
        .update(verifier ?? '')
        .digest('base64url'),
    ).toBe(query.get('code_challenge'));
    expect(redirectUri).toBe('https://facade.example.com/prod/oauth/callback');
    expect(await stored()).toBe('token-for-the-code');
  });

  it('uses another verifier each time', async () => {
    const { begin } = setUp({ responseType: 'code' });
    const challenges = [await begin(), await begin()].map(({ query }) => query.get('code_challenge'));
    expect(new Set(challenges).size).toBe(2);
  });

  it('takes no token where a code was asked for, and no code where a token was', async () => {
    const withCode = setUp({ responseType: 'code' });
    const first = await withCode.begin();
    await expect(withCode.finish(first.cookie, { state: first.state, token: 'x' })).rejects.toMatchObject(
      refusedBecause(/of the kind/),
    );
    const withToken = setUp();
    const second = await withToken.begin();
    await expect(withToken.finish(second.cookie, { state: second.state, code: 'x' })).rejects.toMatchObject(
      refusedBecause(/of the kind/),
    );
  });
});
