import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { TokenHolder } from '../../../shared/credentials/credential.ts';
import type { SendOutcome } from '../../../shared/exchange/send-outcome.ts';
import { createUserTokens } from '../../../shared/tokens/user-tokens.ts';
import { anna, app, consumerOf, createWorld, hourMillis, startMillis } from './builders.ts';

const answered = (status: number | undefined): SendOutcome =>
  status === undefined ? { kind: 'lost' } : { kind: 'answered', status };

const setUp = async () => {
  const world = createWorld();
  let reads = 0;
  const store = {
    ...world.store,
    read: (key: typeof anna) => {
      reads += 1;
      return world.store.read(key);
    },
  };
  const tokens = createUserTokens({ ...world, store });
  return { ...world, tokens, reads: () => reads, find: () => tokens.find('signals', app, 'anna') };
};

const linked = async () => {
  const world = await setUp();
  await world.link();
  const credential = await world.find();
  if (!credential) throw new Error('nothing was found');
  return { ...world, credential };
};

describe('the tokens of people', () => {
  it('finds the token that a subject has linked, as a principal of the person', async () => {
    const { credential } = await linked();
    expect(credential).toMatchObject({ kind: 'user', principal: 'user:signals:101', secret: 'the-token' });
    expect(credential.id).not.toMatch(/anna|the-token/);
  });

  it('finds nothing for another subject, consumer or upstream', async () => {
    const { tokens } = await linked();
    expect(await tokens.find('signals', app, 'bob')).toBeUndefined();
    expect(await tokens.find('signals', consumerOf('other'), 'anna')).toBeUndefined();
    expect(await tokens.find('tissuemaps', app, 'anna')).toBeUndefined();
  });

  it('remembers a token for 30 seconds and no longer', async () => {
    const { find, reads, wait, store } = await linked();
    await store.remove(anna);
    wait(30_000 - 1);
    expect(await find()).toBeDefined();
    expect(reads()).toBe(1);
    wait(1);
    expect(await find()).toBeUndefined();
  });

  it('remembers that there is none for 5 seconds', async () => {
    const { find, link, wait } = await setUp();
    expect(await find()).toBeUndefined();
    await link();
    expect(await find()).toBeUndefined();
    wait(5_000);
    expect(await find()).toBeDefined();
  });

  it('reads once for callers that ask at the same time', async () => {
    const { find, link, reads } = await setUp();
    await link();
    await Promise.all([find(), find(), find()]);
    expect(reads()).toBe(1);
  });

  it('finds no dead token', async () => {
    const { find, link, store } = await setUp();
    await link();
    await store.markDead(anna, 'v1', startMillis);
    expect(await find()).toBeUndefined();
  });

  it('is unavailable, and tries again at once, when the token cannot be opened', async () => {
    const { tokens, link, store, find } = await setUp();
    await link();
    const token = await store.read(anna);
    await store.put({ ...token, subject: 'bob' } as typeof anna & Awaited<ReturnType<typeof link>>);
    await expect(tokens.find('signals', app, 'bob')).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    expect(await find()).toBeDefined();
  });

  it('notes a use at most every 12 hours', async () => {
    const { tokens, credential, store, wait } = await linked();
    const lastUse = async () => (await store.read(anna))?.lastUsedAtMillis;
    wait(12 * hourMillis - 1);
    await tokens.observe('signals', credential, answered(200));
    expect(await lastUse()).toBe(startMillis);
    wait(1);
    await tokens.observe('signals', credential, answered(304));
    expect(await lastUse()).toBe(startMillis + 12 * hourMillis);
    wait(hourMillis);
    await tokens.observe('signals', credential, answered(200));
    expect(await lastUse()).toBe(startMillis + 12 * hourMillis);
  });

  it.each([400, 403, 404, 429, 500, 503, undefined])('takes %s for no use', async (status) => {
    const { tokens, credential, store, wait } = await linked();
    wait(13 * hourMillis);
    await tokens.observe('signals', credential, answered(status));
    expect((await store.read(anna))?.lastUsedAtMillis).toBe(startMillis);
  });

  it('doubts a refused token: nobody calls with it, and its secret stays until it is asked about again', async () => {
    const { tokens, credential, seen, find, store } = await linked();
    await Promise.all([1, 2, 3].map(() => tokens.observe('signals', credential, answered(401))));
    expect(await find()).toBeUndefined();
    const token = await store.read(anna);
    expect(token).toMatchObject({ state: 'doubted', doubtedAtMillis: startMillis });
    expect(token?.sealed).toBeDefined();
    expect(seen.events).toEqual([]);
  });

  it('finds nothing for a consumer that was deleted and made again under the same id', async () => {
    const { tokens } = await linked();
    expect(await tokens.find('signals', consumerOf('app', { incarnation: 'app-2' }), 'anna')).toBeUndefined();
    expect(await tokens.find('signals', { id: 'app' }, 'anna')).toBeUndefined();
  });

  it('opens a secret once, however often its record is read again', async () => {
    const world = createWorld();
    await world.link();
    let opened = 0;
    const open: typeof world.envelope.open = (...args) => {
      opened += 1;
      return world.envelope.open(...args);
    };
    const tokens = createUserTokens({ ...world, envelope: { ...world.envelope, open } });
    for (let round = 0; round < 3; round += 1) {
      expect((await tokens.find('signals', app, 'anna'))?.secret).toBe('the-token');
      world.wait(30_000);
    }
    expect(opened).toBe(1);
    await world.link({ version: 'v2' }, 'the-new-token');
    expect((await tokens.find('signals', app, 'anna'))?.secret).toBe('the-new-token');
    expect(opened).toBe(2);
  });

  it('is unavailable, and holds no call, when the store does not answer', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const world = createWorld();
    const tokens = createUserTokens({ ...world, store: { ...world.store, read: () => new Promise(() => {}) } });
    const found = expect(tokens.find('signals', app, 'anna')).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
    await vi.advanceTimersByTimeAsync(5_000);
    await found;
  });

  it('makes one link a minute for each person, however many calls are refused', async () => {
    const world = createWorld();
    const made: string[] = [];
    const linkUrl = async (_upstream: string, { id, contact }: TokenHolder, subject: string) => {
      made.push(`${id} ${contact} ${subject}`);
      return `link-${made.length}`;
    };
    const tokens = createUserTokens({ ...world, linkUrl });
    const ask = (subject: string) =>
      tokens.linkUrl('signals', consumerOf('app', { contact: 'team' }), subject, 'https://facade.example.com');
    expect(await Promise.all([ask('anna'), ask('anna'), ask('bob')])).toEqual(['link-1', 'link-1', 'link-2']);
    expect(made).toEqual(['app team anna', 'app team bob']);
    world.wait(60_000);
    expect(await ask('anna')).toBe('link-3');
  });

  it('leaves a renewed token alone when its predecessor is refused late', async () => {
    const { tokens, credential, link, seen, wait, find } = await linked();
    await link({ version: 'v2' }, 'the-new-token');
    await tokens.observe('signals', credential, answered(401));
    wait(30_000);
    expect((await find())?.secret).toBe('the-new-token');
    expect(seen.events).toEqual([]);
  });

  it('gives no link rather than a failure when none can be made', async () => {
    const world = createWorld();
    const tokens = createUserTokens({ ...world, linkUrl: () => Promise.reject(new Error('table away')) });
    expect(await tokens.linkUrl('signals', app, 'anna', 'https://facade.example.com')).toBe('');
    expect(world.seen.failures).toEqual(['making a link']);
  });

  it('never throws when the use cannot be noted, and tries again with the next', async () => {
    const world = createWorld();
    await world.link();
    let isBroken = true;
    const used: typeof world.store.used = (...args) =>
      isBroken ? Promise.reject(new Error('table away')) : world.store.used(...args);
    const tokens = createUserTokens({ ...world, store: { ...world.store, used } });
    const credential = await tokens.find('signals', app, 'anna');
    if (!credential) throw new Error('nothing was found');
    world.wait(13 * hourMillis);
    await tokens.observe('signals', credential, answered(200));
    expect(world.seen.failures).toHaveLength(1);
    isBroken = false;
    await tokens.observe('signals', credential, answered(200));
    expect((await world.store.read(anna))?.lastUsedAtMillis).toBe(startMillis + 13 * hourMillis);
  });
});
