import { describe, expect, it, vi } from 'vitest';
import { createMemoryConsumerRegistry } from '../../../shared/consumers/adapters/memory.ts';
import { Consumer, createKey, hashKey, Scope } from '../../../shared/consumers/consumer.ts';
import { consumerFreshMillis, createIdentifier } from '../../../shared/consumers/identify.ts';
import type { Headers } from '../../../shared/upstream/upstream.ts';

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

  it('refuses a suspended consumer once the stated time has passed', async () => {
    const { clock, identifier, registry } = await start();
    await identifier.identify(withKeys('k'));
    await registry.save({ ...app, state: 'suspended' }, hashKey('k'));
    clock.millis += consumerFreshMillis;
    await expect(identifier.identify(withKeys('k'))).rejects.toMatchObject({ code: 'CONSUMER_UNKNOWN' });
  });

  it('knows a key soon after it was made, although it was asked for before', async () => {
    const { clock, identifier, registry } = await start();
    await expect(identifier.identify(withKeys('new'))).rejects.toMatchObject({ code: 'CONSUMER_UNKNOWN' });
    await registry.save(app, hashKey('new'));
    clock.millis += 5_000;
    expect(await identifier.identify(withKeys('new'))).toEqual({ consumer: app });
  });

  it('forgets a failure of the registry', async () => {
    const { identifier, lookUp } = await start();
    lookUp.mockRejectedValueOnce(new Error('throttled'));
    await expect(identifier.identify(withKeys('k'))).rejects.toThrow('throttled');
    expect(await identifier.identify(withKeys('k'))).toEqual({ consumer: app });
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

describe('keys and scopes', () => {
  it('makes keys of 256 random bits that a secret scanner can find', () => {
    expect(createKey()).toMatch(/^sfk_[\w-]{43}$/);
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
