import { describe, expect, it } from 'vitest';
import { createMemoryConsumerStore } from '../../../shared/consumers/adapters/memory.ts';
import { createConsumerAdmin } from '../../../shared/consumers/admin.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { createConsumerKeys } from '../../../shared/consumers/keys.ts';
import { createConsumerRegistry } from '../../../shared/consumers/registry.ts';
import { oidcPointer } from '../../../shared/consumers/store.ts';
import type { Consumer } from '../../../shared/exchange/consumer.ts';

const root: Consumer = { id: 'root', scopes: ['*:*', 'consumers:*', 'tokens:*'], state: 'active' };
const app: Consumer = { id: 'app', scopes: ['*:read'], state: 'active' };
const client = { issuer: 'https://login.example.com', clientId: 'c1' };

/** An administrator `root` with a key, and `app` without one. */
const start = async () => {
  const clock = { millis: Date.UTC(2026, 2, 1), nowMillis: () => clock.millis };
  const store = createMemoryConsumerStore();
  const registry = createConsumerRegistry(store, { clock, notesUse: true });
  await registry.save(root, hashKey('root'));
  const admin = createConsumerAdmin(store, clock);
  const keys = createConsumerKeys(store, clock);
  await admin.create(root, app);
  return { clock, store, registry, admin, keys };
};

const suspend = (consumer: Consumer): Consumer => ({ ...consumer, state: 'suspended' });

describe('administration of consumers', () => {
  it('makes a consumer once', async () => {
    const { admin } = await start();
    await expect(admin.create(root, app)).rejects.toMatchObject({ code: 'CONSUMER_EXISTS' });
  });

  it('tells of a consumer that was made although the answer of the store was lost', async () => {
    const { clock, store } = await start();
    const told: unknown[] = [];
    // The client has repeated the request, and the second try found the first one's record.
    const write: typeof store.write = async (...asked) => (await store.write(...asked)) && false;
    const record = await createConsumerAdmin({ ...store, write }, clock).create(
      root,
      { ...app, id: 'other' },
      (_, after) => told.push(after),
    );
    expect([record.consumer.id, told]).toEqual(['other', [record]]);
  });

  it('changes the version that was read, and refuses when another came first', async () => {
    const { admin } = await start();
    expect((await admin.change(root, 'app', 1, suspend)).version).toBe(2);
    await expect(admin.change(root, 'app', 1, (consumer) => ({ ...consumer, contact: 'x' }))).rejects.toMatchObject({
      code: 'CONSUMER_CHANGED',
    });
    await expect(admin.remove('app', 1)).rejects.toMatchObject({ code: 'CONSUMER_CHANGED' });
  });

  it('loses none of several changes at the same time', async () => {
    const { admin } = await start();
    await Promise.all([
      admin.change(root, 'app', undefined, (consumer) => ({ ...consumer, contact: 'x' })),
      admin.change(root, 'app', undefined, (consumer) => ({ ...consumer, actsAs: ['user'] })),
      admin.change(root, 'app', undefined, suspend),
    ]);
    expect((await admin.read('app')).consumer).toMatchObject({
      ...app,
      contact: 'x',
      actsAs: ['user'],
      state: 'suspended',
    });
  });

  it('writes nothing for a change that changes nothing', async () => {
    const { admin } = await start();
    expect((await admin.change(root, 'app', undefined, (consumer) => ({ ...consumer }))).version).toBe(1);
  });

  it('removes a consumer with all that it could identify itself by, also for one of the same id later', async () => {
    const { admin, keys, registry } = await start();
    await admin.change(root, 'app', undefined, (consumer) => ({ ...consumer, oidc: client }));
    const { key } = await keys.add(root, 'app');
    await admin.remove('app', undefined);
    await admin.create(root, app);
    expect(await registry.findByKeyHash(hashKey(key))).toBeUndefined();
    expect(await registry.findByOidcClient(client)).toBeUndefined();
    await expect(admin.remove('nobody', undefined)).rejects.toMatchObject({ code: 'CONSUMER_ABSENT' });
  });

  it('tells a consumer from the one that had its id before, and from nothing else', async () => {
    const { admin, registry, store } = await start();
    const incarnation = async () => (await admin.read('app')).consumer.incarnation;
    const first = await incarnation();
    await admin.change(root, 'app', undefined, (consumer) => ({ ...consumer, contact: 'x' }));
    await registry.save({ ...app, incarnation: 'forged' }, hashKey('app'));
    expect(await incarnation()).toBe(first);
    await admin.remove('app', undefined);
    await admin.create(root, { ...app, incarnation: first });
    const second = await incarnation();
    expect(new Set([first, second, undefined]).size).toBe(3);
    await admin.remove('app', undefined);
    await registry.save({ ...app, incarnation: first }, hashKey('app'));
    expect(new Set([first, second, await incarnation(), undefined]).size).toBe(4);
    await store.write(
      { consumer: { ...app, id: 'old' }, keys: [], version: 1, createdAtMillis: 1, changedAtMillis: 1 },
      0,
    );
    await registry.save({ ...app, id: 'old' }, hashKey('old'));
    expect((await admin.read('old')).consumer.incarnation).toBeUndefined();
  });

  it('mends a lost pointer of an OIDC client when the same change is asked for again', async () => {
    const { admin, registry, store } = await start();
    const claim = () => admin.change(root, 'app', undefined, (consumer) => ({ ...consumer, oidc: client }));
    const { version } = await claim();
    await store.unpoint(oidcPointer(client), 'app');
    expect((await claim()).version).toBe(version);
    expect((await registry.findByOidcClient(client))?.consumer.id).toBe('app');
  });

  it('gives an OIDC client to one consumer at a time', async () => {
    const { admin, registry } = await start();
    const second = { ...app, id: 'second', oidc: client };
    await admin.create(root, second);
    const claim = () => admin.change(root, 'app', undefined, (consumer) => ({ ...consumer, oidc: client }));
    await expect(claim()).rejects.toMatchObject({
      code: 'CONSUMER_EXISTS',
      facts: { source: { pointer: '/data/attributes/oidc' } },
    });
    await admin.change(root, 'second', undefined, ({ oidc: _oidc, ...consumer }) => consumer);
    expect(await registry.findByOidcClient(client)).toBeUndefined();
    await claim();
    expect((await registry.findByOidcClient(client))?.consumer.id).toBe('app');
  });
});

describe('what an administrator may give', () => {
  const junior: Consumer = { id: 'junior', scopes: ['consumers:*', '*:read'], state: 'active' };

  it('are the scopes that it holds itself', async () => {
    const { admin } = await start();
    const create = (id: string, scopes: string[]) => admin.create(junior, { id, scopes, state: 'active' });
    await create('ok', ['entities:read', 'consumers:read']);
    for (const scopes of [['*:write'], ['*:*'], ['credentials:read']]) {
      await expect(create('no', scopes)).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
    }
    await expect(
      admin.change(junior, 'ok', undefined, (consumer) => ({ ...consumer, scopes: ['*:*'] })),
    ).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
  });

  it('is no key and no identity of a consumer that may do more than it', async () => {
    const { admin, keys } = await start();
    await expect(keys.add(junior, 'root')).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
    for (const change of [{ oidc: client }, { scopes: ['*:read'] }]) {
      const edit = (consumer: Consumer) => ({ ...consumer, ...change });
      await expect(admin.change(junior, 'root', undefined, edit)).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
    }
  });

  const grants = async (by: Consumer, before: Partial<Consumer>, after: Partial<Consumer>) => {
    const { admin, keys } = await start();
    await admin.create(root, { id: 'x', scopes: ['*:read'], state: 'active', ...before });
    const outcome = (act: Promise<unknown>) =>
      act.then(
        () => 'granted',
        ({ code }) => code,
      );
    return {
      made: await outcome(admin.create(by, { id: 'y', scopes: ['*:read'], state: 'active', ...after })),
      changed: await outcome(admin.change(by, 'x', undefined, (consumer) => ({ ...consumer, ...after, contact: 'z' }))),
      keyed: await outcome(keys.add(by, 'x')),
    };
  };
  const granted = { made: 'granted', changed: 'granted', keyed: 'granted' };

  it('is to call for people, and a key of one that does, when it decides on their tokens', async () => {
    const user: Partial<Consumer> = { actsAs: ['user', 'service'] };
    const decider = { ...junior, scopes: [...junior.scopes, 'tokens:write'] };
    const refused = 'GRANT_REFUSED';
    expect(await grants({ ...junior, ...user }, {}, user)).toEqual({
      made: refused,
      changed: refused,
      keyed: 'granted',
    });
    expect(await grants(junior, user, {})).toEqual({ made: 'granted', changed: refused, keyed: refused });
    expect(await grants(junior, user, { actsAs: ['service'] })).toMatchObject({ changed: refused });
    expect(await grants(decider, user, user)).toEqual(granted);
    expect(await grants(junior, {}, { actsAs: ['bearer', 'service'] })).toEqual(granted);
  });

  it('is to let calls for people without a link go as the service, when it decides on their tokens', async () => {
    const { admin, registry } = await start();
    const self: Consumer = { ...junior, id: 'self', actsAs: ['user', 'service'] };
    await registry.save(self, hashKey('self'));
    const fallBack = (consumer: Consumer): Consumer => ({ ...consumer, withoutLink: 'service' });
    await expect(admin.change(self, 'self', undefined, fallBack)).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
    expect((await admin.change(root, 'self', undefined, fallBack)).consumer.withoutLink).toBe('service');
    const renamed = await admin.change(self, 'self', undefined, (consumer) => ({ ...consumer, contact: 'z' }));
    expect(renamed.consumer).toMatchObject({ contact: 'z', withoutLink: 'service' });
  });

  it('is to call as the service when it does so itself', async () => {
    const person: Consumer = { ...junior, actsAs: ['bearer'] };
    expect(await grants(person, { actsAs: ['bearer'] }, { actsAs: ['bearer'] })).toEqual(granted);
    expect(await grants(person, { actsAs: ['bearer'] }, { actsAs: ['service'] })).toMatchObject({
      made: 'GRANT_REFUSED',
      changed: 'GRANT_REFUSED',
    });
  });

  it('is no way around the name of a person that a call must carry', async () => {
    const both = ['bearer', 'service'] as const;
    const marked: Partial<Consumer> = { actsAs: [...both], userAttributed: ['entities:read'] };
    const less: Partial<Consumer> = { actsAs: [...both], userAttributed: ['entities:export'] };
    expect(await grants(junior, marked, less)).toEqual({ ...granted, changed: 'GRANT_REFUSED' });
    expect(await grants(junior, marked, { ...less, userAttributed: ['*:read'] })).toEqual(granted);
    expect(await grants(junior, marked, { ...less, scopes: ['samples:read'] })).toEqual(granted);
    expect(await grants({ ...junior, scopes: [...junior.scopes, 'tokens:write'] }, marked, less)).toEqual(granted);
    const own = { ...junior, ...marked };
    expect(await grants(own, less, less)).toEqual({
      made: 'GRANT_REFUSED',
      changed: 'GRANT_REFUSED',
      keyed: 'GRANT_REFUSED',
    });
    expect(await grants(own, marked, marked)).toEqual(granted);
  });

  it('is judged by what it is at that moment when it changes itself', async () => {
    const { admin, keys } = await start();
    await admin.create(root, junior);
    for (const change of [{ state: 'suspended' as const }, { scopes: ['*:read'] }]) {
      const { consumer } = await admin.change(root, 'junior', undefined, (now) => ({ ...now, ...change }));
      const restore = admin.change(junior, 'junior', undefined, () => ({ ...consumer, ...junior }));
      await expect(restore).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
      await expect(keys.add(junior, 'junior')).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
      await admin.change(root, 'junior', undefined, (now) => ({ ...now, ...junior }));
    }
    await keys.add(junior, 'junior');
  });

  it('may be taken away from everybody, and given back by those who hold it only', async () => {
    const { admin, keys } = await start();
    const strong: Consumer = { id: 'strong', scopes: ['*:*'], state: 'active' };
    await admin.create(root, strong);
    const { view } = await keys.add(root, 'strong');
    await keys.revoke('strong', view.id);
    await admin.change(junior, 'strong', undefined, suspend);
    await expect(
      admin.change(junior, 'strong', undefined, (consumer) => ({ ...consumer, state: 'active' })),
    ).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
  });
});

describe('the last administrator', () => {
  const acts = {
    suspended: ({ admin }) => admin.change(root, 'root', undefined, suspend),
    deprived: ({ admin }) => admin.change(root, 'root', undefined, (consumer) => ({ ...consumer, scopes: ['*:*'] })),
    removed: ({ admin }) => admin.remove('root', undefined),
    'left without a key': async ({ keys }) => {
      for (const { id } of await keys.list('root')) await keys.revoke('root', id);
    },
  } satisfies Record<string, (started: Awaited<ReturnType<typeof start>>) => Promise<unknown>>;

  it.each(Object.entries(acts))('cannot be %s', async (_name, act) => {
    const started = await start();
    await expect(act(started)).rejects.toMatchObject({ code: 'LAST_ADMIN' });
  });

  it.each(Object.entries(acts))('can be %s once there is another who can identify itself', async (_name, act) => {
    const started = await start();
    await started.admin.create(root, { id: 'second', scopes: ['consumers:write'], state: 'active' });
    await expect(act(started)).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    await started.keys.add({ ...root, id: 'x' }, 'second');
    await act(started);
  });
});

describe('another administrator', () => {
  const second: Consumer = { id: 'second', scopes: ['consumers:write'], state: 'active' };
  const removeRoot = (admin: { remove(id: string, version: undefined): Promise<void> }) =>
    admin.remove('root', undefined);

  it('does not count with a key that ends within a day', async () => {
    const { admin, keys, clock } = await start();
    await admin.create(root, second);
    await keys.add(root, 'second', clock.millis + 23 * 3_600_000);
    await expect(removeRoot(admin)).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    await keys.add(root, 'second', clock.millis + 25 * 3_600_000);
    await removeRoot(admin);
  });

  it('does not count with a client of an issuer that the stage does not trust', async () => {
    const { admin, store, clock } = await start();
    await admin.create(root, { ...second, oidc: client });
    await expect(removeRoot(createConsumerAdmin(store, clock, []))).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    await removeRoot(createConsumerAdmin(store, clock, [client.issuer]));
  });

  it('may change whatever does not end its own administration', async () => {
    const { admin, keys, clock } = await start();
    const [lasting] = await keys.list('root');
    await keys.add(root, 'root', clock.millis + 3_600_000);
    await expect(keys.revoke('root', lasting?.id ?? '')).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    await admin.change(root, 'root', undefined, (consumer) => ({ ...consumer, contact: 'x' }));
  });
});

describe('keys', () => {
  it('are two at most, listed without their secrets, with the day of their last use', async () => {
    const { keys, registry } = await start();
    const first = await keys.add(root, 'app');
    const second = await keys.add(root, 'app', Date.UTC(2026, 5, 1));
    await expect(keys.add(root, 'app')).rejects.toMatchObject({
      code: 'KEYS_FULL',
      facts: { detail: expect.stringContaining(first.view.id) },
    });
    await registry.findByKeyHash(hashKey(second.key));
    const listed = await keys.list('app');
    expect(listed.map(({ id, lastUsedOn }) => [id, lastUsedOn])).toEqual([
      [first.view.id, undefined],
      [second.view.id, '2026-03-01'],
    ]);
    for (const secret of [first.key, second.key, hashKey(first.key), hashKey(second.key)]) {
      expect(JSON.stringify(listed)).not.toContain(secret);
    }
  });

  it('make room for another when they have expired', async () => {
    const { clock, keys, registry } = await start();
    const old = await keys.add(root, 'app', clock.millis + 1_000);
    await keys.add(root, 'app', clock.millis + 5_000);
    clock.millis += 1_000;
    const next = await keys.add(root, 'app');
    expect(await registry.findByKeyHash(hashKey(next.key))).toBeDefined();
    expect(await registry.findByKeyHash(hashKey(old.key))).toBeUndefined();
    expect(await keys.list('app')).toHaveLength(2);
  });

  it('are revoked once', async () => {
    const { keys, registry } = await start();
    const { key, view } = await keys.add(root, 'app');
    await keys.revoke('app', view.id);
    expect(await registry.findByKeyHash(hashKey(key))).toBeUndefined();
    await expect(keys.revoke('app', view.id)).rejects.toMatchObject({ code: 'KEY_ABSENT' });
    await expect(keys.revoke('nobody', view.id)).rejects.toMatchObject({ code: 'CONSUMER_ABSENT' });
  });
});
