import { generateKeyPairSync, KeyObject } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import {
  createKeySets,
  keySetFreshMillis,
  keySetStaleMillis,
  unknownKeyPauseMillis,
} from '../../../../shared/consumers/oidc/key-sets.ts';
import { issuerWith, pairOf, publish } from './tokens.ts';

const pairs = { a: generateKeyPairSync('ec', { namedCurve: 'P-256' }), b: pairOf('ES256') };
const key = (kid: keyof typeof pairs) => publish(pairs[kid].publicKey, kid);
const issuer = issuerWith();

const start = () => {
  const clock = { millis: 1_000_000, nowMillis: () => clock.millis };
  const provider = { keys: [key('a')] as unknown[], down: false };
  const read = vi.fn(async () => {
    if (provider.down) throw new Error('down');
    return provider.keys;
  });
  const sets = createKeySets({ read }, clock);
  /** The id of the published key that was found. */
  const find = async (kid?: string) => {
    const found = await sets.find(issuer, { alg: 'ES256', ...(kid === undefined ? {} : { kid }) });
    if (!found) return undefined;
    const { x } = KeyObject.from(found).export({ format: 'jwk' });
    return (['a', 'b'] as const).find((name) => key(name).x === x);
  };
  return { clock, provider, read, find };
};

describe('key sets', () => {
  it('ask once for all who come at once, and again when the answer has aged', async () => {
    const { clock, read, find } = start();
    expect(await Promise.all(Array.from({ length: 10 }, () => find('a')))).toEqual(Array(10).fill('a'));
    expect(read).toHaveBeenCalledTimes(1);
    clock.millis += keySetFreshMillis;
    await Promise.all([find('a'), find('a')]);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('find a key that the issuer has just added, and ask no more often for one that it never had', async () => {
    const { clock, provider, read, find } = start();
    await find('a');
    clock.millis += unknownKeyPauseMillis;
    provider.keys = [key('a'), key('b')];
    expect(await find('b')).toBe('b');
    expect(read).toHaveBeenCalledTimes(2);
    for (let count = 0; count < 50; count += 1) expect(await find(`guess-${count}`)).toBeUndefined();
    expect(read).toHaveBeenCalledTimes(2);
    clock.millis += unknownKeyPauseMillis;
    await Promise.all(Array.from({ length: 50 }, (_, count) => find(`guess-${count}`)));
    expect(read).toHaveBeenCalledTimes(3);
  });

  it('forget a key that the issuer took back once they have aged', async () => {
    const { clock, provider, find } = start();
    await find('a');
    provider.keys = [key('b')];
    clock.millis += keySetFreshMillis;
    expect(await find('a')).toBeUndefined();
  });

  it.each([
    ['is down', { down: true }],
    ['publishes no key that signs', { keys: [{ kty: 'oct', k: 'c2VjcmV0' }, { use: 'enc' }, null] }],
  ])('count while the issuer %s, until the bound and no longer', async (_name, trouble) => {
    const { clock, provider, read, find } = start();
    await find('a');
    Object.assign(provider, trouble);
    clock.millis += keySetStaleMillis - 1;
    expect(await find('a')).toBe('a');
    const asked = read.mock.calls.length;
    expect(await find('a')).toBe('a');
    expect(read).toHaveBeenCalledTimes(asked);
    clock.millis += 1;
    await expect(find('a')).rejects.toMatchObject({ code: 'ISSUER_UNREACHABLE', facts: { retryAfterSeconds: 10 } });
    Object.assign(provider, { down: false, keys: [key('a')] });
    clock.millis += 10_000;
    expect(await find('a')).toBe('a');
  });

  it('take no key without knowing which: two of the same id are none', async () => {
    const { provider, find } = start();
    provider.keys = [key('a'), key('a')];
    expect(await find('a')).toBeUndefined();
  });

  it('need no key id where one key fits, however many others there are that do not', async () => {
    const { clock, provider, find } = start();
    const others = [
      publish(pairOf('ES384').publicKey, 'c'),
      { ...key('b'), use: 'enc' },
      { ...key('b'), x: 'AA' },
      null,
    ];
    provider.keys = [...others, key('a')];
    expect(await find()).toBe('a');
    provider.keys = [key('b'), key('a')];
    clock.millis += keySetFreshMillis;
    expect(await find()).toBeUndefined();
  });
});
