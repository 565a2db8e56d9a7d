/** Administration of the key pool: add, retire, rank, remove. Secrets go in and never come out. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { type AccountProbe, noAccountProbe } from './account-probe.ts';
import { type ApiKey, type KeyChange, type KeyVault, noRefusals, openKey, recordOf } from './key.ts';

/** As many keys as the tenant gives out; the default is the lower of two figures that the vendor's guides name. */
const defaultPoolSize = 10;

/** The owner of a key that was stored without one: `npm run operator -- put-credential`. */
export const defaultOwner = 'service';

export type NewKey = {
  readonly upstream: string;
  readonly owner: string;
  readonly secret: string;
  /** Default: the rank of the owner's other keys, otherwise behind all others. */
  readonly rank?: number | undefined;
  readonly expiresAtMillis?: number | undefined;
};

/** A header value of an HTTP request: visible ASCII. */
const secretRule = 'a secret has 1 to 4096 visible ASCII characters';
export const Secret = z
  .string()
  .max(4_096, secretRule)
  .regex(/^[!-~]+$/, secretRule);

const newId = (): string => `cred-${randomBytes(8).toString('hex')}`;

const isSame = (a: string, b: string): boolean => {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
};

const rankFor = (owner: string, keys: readonly ApiKey[]): number => {
  const own = keys.filter((key) => key.owner === owner).map(({ rank }) => rank);
  return own.length > 0 ? Math.min(...own) : Math.max(0, ...keys.map(({ rank }) => rank)) + 1;
};

/** An owner is one account: its keys share a cache partition. @throws AppError CREDENTIAL_MISMATCH. */
const refuseOtherAccount = (owner: string, accountId: string | undefined, keys: readonly ApiKey[]): void => {
  const own = keys.filter((key) => key.owner === owner);
  if (accountId === undefined || own.every((key) => key.accountId === undefined || key.accountId === accountId)) return;
  throw new AppError('CREDENTIAL_MISMATCH', {
    detail: `The other keys of ${owner} belong to another account of the tenant. Add this one under an owner of its own.`,
  });
};

/**
 * @param probe asks the upstream before a key is added.
 * @param onDisabled is called with each key that an administrator disables; it must not throw.
 */
export const createKeyAdmin = (
  vault: KeyVault,
  clock: Clock,
  poolSize: number = defaultPoolSize,
  probe: AccountProbe = noAccountProbe,
  onDisabled: (key: ApiKey) => void = () => {},
) => {
  const { keys: store, envelope } = vault;

  /** The key of the pool with this secret. Keys that cannot be decrypted are skipped. */
  const findSame = async (keys: readonly ApiKey[], secret: string): Promise<ApiKey | undefined> => {
    for (const key of keys) {
      const known = await openKey(vault, key).catch(() => undefined);
      if (known !== undefined && isSame(known, secret)) return key;
    }
    return undefined;
  };

  const make = async (
    given: NewKey,
    keys: readonly ApiKey[],
    accountId: string | undefined,
  ): Promise<Omit<ApiKey, 'slot'>> => {
    const id = newId();
    const { upstream, owner, secret, expiresAtMillis } = given;
    return {
      upstream,
      id,
      owner,
      ...(accountId === undefined ? {} : { accountId }),
      state: 'active',
      rank: given.rank ?? rankFor(owner, keys),
      addedAtMillis: clock.nowMillis(),
      ...(expiresAtMillis === undefined ? {} : { expiresAtMillis }),
      strikes: 0,
      sealed: await envelope.seal(recordOf({ upstream, id }), secret),
    };
  };

  const find = async (upstream: string, id: string): Promise<ApiKey> => {
    const found = (await store.list(upstream)).find((key) => key.id === id);
    if (found) return found;
    throw new AppError('CREDENTIAL_UNKNOWN', { detail: `No credential of ${upstream} has the id ${id}.` });
  };

  const changeOrFail = async (key: ApiKey, change: KeyChange): Promise<void> => {
    if (!(await store.change(key, change)))
      throw new AppError('CREDENTIAL_UNKNOWN', { detail: `The credential ${key.id} was removed meanwhile.` });
  };

  /**
   * The account of a key, after checking that it may be added.
   * @throws AppError CREDENTIAL_KNOWN, CREDENTIAL_REFUSED, CREDENTIAL_MISMATCH.
   */
  const check = async (given: NewKey, keys: readonly ApiKey[]): Promise<string | undefined> => {
    const same = await findSame(keys, given.secret);
    if (same) throw new AppError('CREDENTIAL_KNOWN', { detail: `This secret is already in the pool, as ${same.id}.` });
    const probed = await probe(given.secret);
    if (probed.kind === 'refused')
      throw new AppError('CREDENTIAL_REFUSED', {
        detail: 'The tenant answered 401 to this secret. It was not stored.',
      });
    refuseOtherAccount(given.owner, probed.accountId, keys);
    return probed.accountId;
  };

  const keep = async (given: NewKey, keys: readonly ApiKey[], accountId: string | undefined): Promise<ApiKey> => {
    const key = await make(given, keys, accountId);
    if (!(await store.add(key, poolSize)))
      throw new AppError('CREDENTIAL_POOL_FULL', {
        detail: `${given.upstream} has ${poolSize} credentials already. Remove one that is retiring or disabled first.`,
      });
    if (given.rank !== undefined) await rankOwner(given.upstream, given.owner, given.rank);
    return find(given.upstream, key.id);
  };

  const add = async (given: NewKey): Promise<ApiKey> => {
    const keys = await store.list(given.upstream);
    return keep(given, keys, await check(given, keys));
  };

  /** An owner has one rank. */
  const rankOwner = async (upstream: string, owner: string, rank: number): Promise<void> => {
    for (const key of await store.list(upstream)) if (key.owner === owner) await store.change(key, { rank });
  };

  /** Seals a secret under a fresh data key, wrapped by the present material of the master key. */
  const reseal = async (upstream: string, id: string): Promise<void> => {
    const key = await find(upstream, id);
    const sealed = await envelope.seal(recordOf(key), await openKey(vault, key));
    await store.change(key, { sealed }, ['sealed']);
  };

  return {
    list: async (upstream: string): Promise<readonly ApiKey[]> =>
      (await store.list(upstream)).toSorted((a, b) => a.rank - b.rank || b.addedAtMillis - a.addedAtMillis),
    /** @throws AppError CREDENTIAL_KNOWN, CREDENTIAL_REFUSED, CREDENTIAL_MISMATCH, CREDENTIAL_POOL_FULL. */
    add,
    /**
     * Changes state or expiry of a key, or the rank of its owner, and seals it anew. A key that becomes active starts without strikes.
     * @throws AppError CREDENTIAL_UNKNOWN.
     */
    async change(
      upstream: string,
      id: string,
      { rank, ...change }: Pick<KeyChange, 'state' | 'rank' | 'expiresAtMillis'>,
    ): Promise<ApiKey> {
      const key = await find(upstream, id);
      const fresh = change.state === 'active' ? noRefusals : {};
      if (Object.keys(change).length > 0) await changeOrFail(key, { ...change, ...fresh });
      if (change.state === 'disabled' && key.state !== 'disabled') onDisabled(key);
      if (rank !== undefined) await rankOwner(upstream, key.owner, rank);
      // The change is made even if KMS fails, because disabling a key must always work.
      await reseal(upstream, id).catch(() => {});
      return find(upstream, id);
    },
    /** @throws AppError CREDENTIAL_UNKNOWN; CREDENTIAL_IN_USE for an active key. */
    async remove(upstream: string, id: string): Promise<void> {
      const key = await find(upstream, id);
      if (key.state === 'active')
        throw new AppError('CREDENTIAL_IN_USE', { detail: 'Set its state to retiring, or to disabled, first.' });
      if (!(await store.remove(key))) await find(upstream, id);
    },
    /** @throws AppError CREDENTIAL_UNKNOWN, and what the key service throws. */
    reseal,
    /**
     * Makes `secret` the key of an owner: adds it and retires the owner's others. Removes the oldest of those that are
     * out of use when there is no room, once the new one is known to be good. Safe to repeat.
     * @throws AppError as `add` does.
     */
    async put(upstream: string, secret: string, owner: string): Promise<void> {
      const keys = await store.list(upstream);
      const others = keys.filter((key) => key.owner === owner);
      const same = await findSame(others, secret);
      const oldest = others
        .filter(({ id, state }) => id !== same?.id && state !== 'active')
        .toSorted((a, b) => a.addedAtMillis - b.addedAtMillis);
      if (same) await changeOrFail(same, { state: 'active', ...noRefusals });
      else {
        const given = { upstream, owner, secret };
        const accountId = await check(given, keys);
        if (keys.length >= poolSize && oldest[0]) await store.remove(oldest[0]);
        await keep(given, keys, accountId);
      }
      for (const key of others)
        if (key.id !== same?.id && key.state === 'active') await store.change(key, { state: 'retiring' });
    },
  };
};
export type KeyAdmin = ReturnType<typeof createKeyAdmin>;
