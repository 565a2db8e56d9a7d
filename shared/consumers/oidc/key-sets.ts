/**
 * The keys of each issuer, remembered in this instance. jose chooses the key. jose's remote key set is not used,
 * because it loses good keys when the issuer fails (docs/adr/0015-tokens-by-jose.md).
 */
import { type CryptoKey, createLocalJWKSet, type JWSHeaderParameters } from 'jose';
import { AppError } from '../../errors/app-error.ts';
import type { Clock } from '../../time/clock.ts';
import type { OidcIssuer } from './issuer.ts';
import { toPublicKey } from './published-keys.ts';

/** Port. Reads the issuer's published keys (RFC 7517 section 5), bounded in size and time. */
export type KeySetSource = {
  /** @throws if there is no answer, or one that cannot be read. */
  read(issuer: OidcIssuer): Promise<readonly unknown[]>;
};

/** A key that its issuer withdrew is no longer accepted after this time, as long as the issuer answers. */
export const keySetFreshMillis = 10 * 60_000;
/** While the issuer does not answer, its keys count for this long after they were last read, and no longer. */
export const keySetStaleMillis = 2 * 60 * 60_000;
/** A token may name any key, so the issuer is asked for unknown keys no more often than this. */
export const unknownKeyPauseMillis = 30_000;
const failurePauseMillis = 10_000;
/** Sets with more keys are refused. */
const mostKeys = 50;

type KeySet = {
  keys: ReturnType<typeof createLocalJWKSet>;
  readAtMillis: number;
  askAgainAtMillis: number;
  asking: Promise<void> | undefined;
};

export const createKeySets = (source: KeySetSource, clock: Clock) => {
  const sets = new Map<string, KeySet>();

  const setOf = ({ issuer }: OidcIssuer): KeySet => {
    const present = sets.get(issuer);
    if (present) return present;
    const created: KeySet = {
      keys: createLocalJWKSet({ keys: [] }),
      readAtMillis: Number.NEGATIVE_INFINITY,
      askAgainAtMillis: 0,
      asking: undefined,
    };
    sets.set(issuer, created);
    return created;
  };

  const ask = async (issuer: OidcIssuer, set: KeySet): Promise<void> => {
    const askedAtMillis = clock.nowMillis();
    try {
      const published = await source.read(issuer);
      const keys = published.slice(0, mostKeys).flatMap((jwk) => toPublicKey(jwk) ?? []);
      if (keys.length === 0) throw new Error('no key that could sign a token');
      Object.assign(set, {
        keys: createLocalJWKSet({ keys }),
        readAtMillis: askedAtMillis,
        askAgainAtMillis: askedAtMillis + unknownKeyPauseMillis,
      });
    } catch {
      set.askAgainAtMillis = clock.nowMillis() + failurePauseMillis;
    }
  };

  /** One read at a time for each issuer, and none before the pause is over. */
  const refresh = async (issuer: OidcIssuer, set: KeySet): Promise<void> => {
    if (!set.asking && clock.nowMillis() < set.askAgainAtMillis) return;
    set.asking ??= ask(issuer, set).finally(() => {
      set.asking = undefined;
    });
    await set.asking;
  };

  const isYounger = (set: KeySet, millis: number): boolean => clock.nowMillis() - set.readAtMillis < millis;

  /**
   * If two keys match, none is used, because nothing is tried out. So a token without a key id needs a set with one key
   * of its kind.
   */
  const pick = ({ keys }: KeySet, header: JWSHeaderParameters): Promise<CryptoKey | undefined> =>
    keys(header).catch(() => undefined);

  return {
    /**
     * The issuer's key for a token with this header, of which `alg` and `kid` count; undefined when it has none.
     * @throws AppError ISSUER_UNREACHABLE when its keys are not known.
     */
    async find(issuer: OidcIssuer, header: JWSHeaderParameters): Promise<CryptoKey | undefined> {
      const set = setOf(issuer);
      if (!isYounger(set, keySetFreshMillis)) await refresh(issuer, set);
      if (!isYounger(set, keySetStaleMillis)) {
        throw new AppError('ISSUER_UNREACHABLE', {
          detail: `The keys of ${issuer.issuer} cannot be had, so its tokens cannot be checked. Send a facade key, or try again.`,
          retryAfterSeconds: failurePauseMillis / 1_000,
        });
      }
      const known = await pick(set, header);
      if (known) return known;
      await refresh(issuer, set);
      return pick(set, header);
    },
  };
};
export type KeySets = ReturnType<typeof createKeySets>;
