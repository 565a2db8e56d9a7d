import { describe, expect, it, vi } from 'vitest';
import { createMemoryConsumerRegistry, createMemoryConsumerStore } from '../../../shared/consumers/adapters/memory.ts';
import { type ConsumerRegistry, createKey, hashKey } from '../../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import { createConsumerRegistry } from '../../../shared/consumers/registry.ts';
import { consumerFreshMillis } from '../../../shared/consumers/remembered.ts';
import { type ConsumerRecord, oidcPointer } from '../../../shared/consumers/store.ts';
import { Consumer, Scope } from '../../../shared/exchange/consumer.ts';
import type { Headers } from '../../../shared/http/headers.ts';

const app: Consumer = { id: 'app', scopes: ['*:read'], state: 'active' };

const withKeys = (...keys: string[]): Headers => keys.map((key) => ['x-api-key', key] as const);

const start = async () => {
  const clock = { millis: 0, nowMillis: () => clock.millis };
  const registry = createMemoryConsumerRegistry();
  await registry.save(app, hashKey('k'));
  const lookUp = vi.spyOn(registry, 'findByKeyHash');
  return { clock, registry, lookUp, identifier: createIdentifier(registry, clock) };
};

describe('identify', () => {
  it('asks the registry once for many calls and again when the answer has aged', async () => {
    const { clock, identifier, lookUp } = await start();
    await Promise.all(Array.from({ length: 10 }, () => identifier.identify(withKeys('k'))));
    expect(lookUp).toHaveBeenCalledTimes(1);
    clock.millis += consumerFreshMillis;
    await identifier.identify(withKeys('k'));
    expect(lookUp).toHaveBeenCalledTimes(2);
  });

  it('asks anew for an act that administers, and goes by the answer from then on', async () => {
    const { identifier, lookUp, registry } = await start();
    await identifier.identify(withKeys('k'));
    await registry.save({ ...app, state: 'suspended' }, hashKey('k'));
    expect(await identifier.identify(withKeys('k'))).toMatchObject({ consumer: app });
    await expect(identifier.identify(withKeys('k'), { fresh: true })).rejects.toMatchObject({
      code: 'CONSUMER_UNKNOWN',
    });
    await expect(identifier.identify(withKeys('k'))).rejects.toMatchObject({ code: 'CONSUMER_UNKNOWN' });
    expect(lookUp).toHaveBeenCalledTimes(2);
  });

  it('refuses a suspended consumer once the stated time has passed', async () => {
    const { clock, identifier, registry } = await start();
    await identifier.identify(withKeys('k'));
    await registry.save({ ...app, state: 'suspended' }, hashKey('k'));
    clock.millis += consumerFreshMillis;
    await expect(identifier.identify(withKeys('k'))).rejects.toMatchObject({ code: 'CONSUMER_UNKNOWN' });
  });

  it('refuses a mistyped key without asking the registry, and takes keys of every other form', async () => {
    const { identifier, lookUp, registry } = await start();
    const made = createKey();
    const old = `sfk_${'a-_'.repeat(14)}a`;
    for (const key of [made, old, 'demo-app']) await registry.save({ ...app, id: `c${key.length}` }, hashKey(key));
    const mistyped = made.slice(0, -1) + (made.endsWith('a') ? 'b' : 'a');
    await expect(identifier.identify(withKeys(mistyped))).rejects.toMatchObject({
      code: 'CONSUMER_UNKNOWN',
      facts: { detail: expect.not.stringContaining(mistyped.slice(4, 12)) },
    });
    await expect(identifier.identify(withKeys(mistyped), { fresh: true })).rejects.toMatchObject({
      code: 'CONSUMER_UNKNOWN',
    });
    expect(lookUp).not.toHaveBeenCalled();
    for (const key of [made, old, 'demo-app'])
      expect((await identifier.identify(withKeys(key))).consumer.id).toBe(`c${key.length}`);
  });

  it('knows a key soon after it was made, although it was asked for before', async () => {
    const { clock, identifier, registry } = await start();
    await expect(identifier.identify(withKeys('new'))).rejects.toMatchObject({ code: 'CONSUMER_UNKNOWN' });
    await registry.save(app, hashKey('new'));
    clock.millis += 5_000;
    expect(await identifier.identify(withKeys('new'))).toMatchObject({ consumer: app });
  });

  it('forgets a failure of the registry', async () => {
    const { identifier, lookUp } = await start();
    lookUp.mockRejectedValueOnce(new Error('throttled'));
    await expect(identifier.identify(withKeys('k'))).rejects.toThrow('throttled');
    expect(await identifier.identify(withKeys('k'))).toMatchObject({ consumer: app });
  });

  it('remembers its consumers, however many keys are guessed', async () => {
    const { identifier, lookUp } = await start();
    await identifier.identify(withKeys('k'));
    await Promise.allSettled(
      Array.from({ length: 1_500 }, (_, index) => identifier.identify(withKeys(`guess-${index}`))),
    );
    lookUp.mockClear();
    await identifier.identify(withKeys('k'));
    expect(lookUp).not.toHaveBeenCalled();
  });

  it('spares the registry a header that cannot be a key', async () => {
    const { identifier, lookUp } = await start();
    await expect(identifier.identify(withKeys('x'.repeat(10_000)))).rejects.toMatchObject({ code: 'CONSUMER_UNKNOWN' });
    expect(lookUp).not.toHaveBeenCalled();
  });
});

describe('what stands beside a key', () => {
  const person: Consumer = { ...app, actsAs: ['bearer', 'user', 'service'] };
  const startAs = async (consumer: Consumer) => {
    const registry = createMemoryConsumerRegistry();
    await registry.save(consumer, hashKey('k'));
    return createIdentifier(registry, { nowMillis: () => 0 });
  };
  const keyed = (...headers: [string, string][]): Headers => [['x-api-key', 'k'], ...headers];

  it('names the person and hands over the bearer of a consumer that may act as both', async () => {
    const identifier = await startAs(person);
    const headers = keyed(['x-on-behalf-of', 'anna@example.com'], ['authorization', 'Bearer abc.def']);
    expect(await identifier.identify(headers)).toMatchObject({
      consumer: person,
      subject: 'anna@example.com',
      bearer: 'abc.def',
    });
  });

  it('refuses to name a person for a consumer that may not act as one', async () => {
    const identifier = await startAs({ ...app, actsAs: ['bearer'] });
    await expect(identifier.identify(keyed(['x-on-behalf-of', 'anna']))).rejects.toMatchObject({
      code: 'SUBJECT_REFUSED',
      facts: { source: { header: 'X-On-Behalf-Of' } },
    });
  });

  it.each(['', 'a b', 'a'.repeat(129), 'anné', 'a\tb'])('takes %j for no name of a person', async (name) => {
    const identifier = await startAs(person);
    await expect(identifier.identify(keyed(['x-on-behalf-of', name]))).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      facts: { source: { header: 'X-On-Behalf-Of' } },
    });
  });

  it('refuses two persons at once', async () => {
    const identifier = await startAs(person);
    const headers = keyed(['x-on-behalf-of', 'anna'], ['x-on-behalf-of', 'ben']);
    await expect(identifier.identify(headers)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('ignores an Authorization of a consumer that does not act as its bearer, and one of another kind', async () => {
    const plain = await startAs(app);
    expect(await plain.identify(keyed(['authorization', 'Bearer abc']))).toMatchObject({ consumer: app });
    const bearer = await startAs(person);
    expect(await bearer.identify(keyed(['authorization', 'Basic abc']))).toMatchObject({ consumer: person });
  });
});

describe('a key that expires', () => {
  it('works until its instant and not from then on, remembered or not', async () => {
    const clock = { millis: 0, nowMillis: () => clock.millis };
    const registry: ConsumerRegistry = {
      ...createMemoryConsumerRegistry(),
      findByKeyHash: async () => ({ consumer: app, expiresAtMillis: 10_000 }),
    };
    const identifier = createIdentifier(registry, clock);
    clock.millis = 9_999;
    expect(await identifier.identify(withKeys('k'))).toMatchObject({ consumer: app });
    clock.millis = 10_000;
    await expect(identifier.identify(withKeys('k'))).rejects.toMatchObject({ code: 'CONSUMER_UNKNOWN' });
  });
});

describe('a token instead of a key', () => {
  const client = { issuer: 'https://login.example.com', clientId: 'c1' };
  const consumer: Consumer = { ...app, oidc: client, actsAs: ['user', 'service'] };

  const startWith = async (subject: string | undefined) => {
    const store = createMemoryConsumerStore();
    const registry = createConsumerRegistry(store);
    await registry.save(consumer, hashKey('k'));
    await store.point(oidcPointer(client), 'app');
    const verify = vi.fn(async () => ({ client, subject }));
    const identifier = createIdentifier(registry, { nowMillis: () => 0 }, { verify });
    return { store, verify, identifier };
  };
  const withToken = (...headers: [string, string][]): Headers => [['authorization', 'Bearer a.b.c'], ...headers];

  it('finds the consumer of the client, with the person that the token names', async () => {
    const { identifier, verify } = await startWith('anna');
    expect(await identifier.identify(withToken())).toMatchObject({ consumer, subject: 'anna' });
    expect(verify).toHaveBeenCalledWith('a.b.c');
  });

  it('lets an application name the person, and a person no other', async () => {
    const named = withToken(['x-on-behalf-of', 'ben']);
    expect(await (await startWith(undefined)).identifier.identify(named)).toMatchObject({ consumer, subject: 'ben' });
    await expect((await startWith('anna')).identifier.identify(named)).rejects.toMatchObject({
      code: 'SUBJECT_REFUSED',
    });
  });

  it('is not looked at beside a key', async () => {
    const { identifier, verify } = await startWith('anna');
    expect(await identifier.identify(withToken(['x-api-key', 'k']))).toMatchObject({ consumer });
    await expect(identifier.identify(withToken(['x-api-key', 'other']))).rejects.toMatchObject({
      code: 'CONSUMER_UNKNOWN',
    });
    expect(verify).not.toHaveBeenCalled();
  });

  it('is refused when the record no longer names the client, whatever a pointer says', async () => {
    const { identifier, store } = await startWith(undefined);
    const record = await store.read('app');
    await store.write({ ...(record as ConsumerRecord), consumer: app, version: 2 }, 1);
    await expect(identifier.identify(withToken())).rejects.toMatchObject({ code: 'CONSUMER_UNKNOWN' });
  });
});

describe('keys and scopes', () => {
  it('makes keys of 256 random bits that a secret scanner can find', () => {
    expect(createKey()).toMatch(/^sfk_[0-9A-Za-z]{49}$/);
    expect(createKey()).not.toBe(createKey());
  });

  it.each(['entities:read', '*:*', 'parallel-experiments:export'])('takes the scope %s', (scope) => {
    expect(Scope.safeParse(scope).success).toBe(true);
  });

  it.each(['entities', 'entities:admin', ':read', 'Entities:read', '*'])('refuses the scope %s', (scope) => {
    expect(Scope.safeParse(scope).success).toBe(false);
  });

  it.each(['', 'A', '-a', 'a'.repeat(64), 'a b'])('refuses the id %j', (id) => {
    expect(Consumer.safeParse({ ...app, id }).success).toBe(false);
  });
});
