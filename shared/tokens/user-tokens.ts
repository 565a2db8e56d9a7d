/** The linked tokens that calls use, remembered in this instance for a short time. */
import type { UserTokens } from '../credentials/credential.ts';
import type { Envelope } from '../credentials/envelope.ts';
import { AppError } from '../errors/app-error.ts';
import { storeRetrySeconds } from '../errors/store-failure.ts';
import type { Credential } from '../exchange/credential.ts';
import { isRefused, statusOf } from '../exchange/send-outcome.ts';
import type { Clock } from '../time/clock.ts';
import { withinMillis } from '../time/within.ts';
import { tokenKeyOf } from './holder.ts';
import { recordOf, type Token, type TokenFacts, type TokenKey, type TokenStore } from './token.ts';

/** No instance uses a revoked or replaced token after this time. */
const tokenFreshMillis = 30_000;
/** Unknown tokens are remembered for a shorter time, so that a new token works soon. */
const unknownFreshMillis = 5_000;
const mostRemembered = 2_000;
/** The shortest time between two recorded uses of a token: a thousand calls cost one write. */
const useNotedMillis = 12 * 3_600_000;
/** A store or KMS that does not answer by then has failed, because calls wait for it. */
const mostOpenMillis = 5_000;
/** Every refused call contains a link: the calls of one minute for a person get the same one. */
const linkKeptMillis = 60_000;

/** The principal of a token: all tokens of one person have the same. */
const principalOf = (upstream: string, personId: string): string => `user:${upstream}:${personId}`;

export const toCredential = (token: TokenFacts, secret: string): Credential => ({
  kind: 'user',
  // Neither secret nor the person's name.
  id: `user-token:${token.version}`,
  principal: principalOf(token.upstream, token.person.id),
  secret,
});

export type UserTokenParts = {
  readonly store: TokenStore;
  readonly envelope: Envelope;
  readonly clock: Clock;
  readonly linkUrl: UserTokens['linkUrl'];
  /** Called with what could not be recorded. The call itself continues. */
  readonly onFailure: (what: string, error: unknown) => void;
};

type Opened = { readonly credential: Credential; readonly token: Token };
type RememberedToken = { readonly opened: Promise<Opened | undefined>; untilMillis: number };

/** By name, for outcomes that arrive after a credential has left the short memory. */
type UsedToken = { readonly token: TokenFacts; lastUsedAtMillis: number };

const setBounded = <Value>(map: Map<string, Value>, name: string, value: Value): void => {
  map.delete(name);
  if (map.size >= mostRemembered) map.delete(map.keys().next().value as string);
  map.set(name, value);
};

/** Only a success shows that the upstream accepted the token: a refusal may come from before it was checked. */
const isUse = (status: number): boolean => status >= 200 && status < 400;

export const createUserTokens = (parts: UserTokenParts): UserTokens => {
  const { store, envelope, clock } = parts;
  const remembered = new Map<string, RememberedToken>();
  const known = new Map<string, UsedToken>();
  /** By record. A version never has another secret, so that only the record is read anew. */
  const secrets = new Map<string, { readonly version: string; readonly secret: string }>();
  const urls = new Map<string, { readonly url: Promise<string>; readonly untilMillis: number }>();

  const secretOf = async (record: string, token: Token | undefined): Promise<string | undefined> => {
    const present = secrets.get(record);
    secrets.delete(record);
    if (token?.state !== 'living' || !token.sealed) return undefined;
    const { version, sealed } = token;
    const secret = present?.version === version ? present.secret : await envelope.open(record, sealed);
    setBounded(secrets, record, { version, secret });
    return secret;
  };

  const open = async (key: TokenKey): Promise<Opened | undefined> => {
    const token = await store.read(key);
    // By what was asked for, not by what the item says: one copied under another name opens nothing, here and in KMS.
    const secret = await secretOf(recordOf(key), token);
    if (!token || secret === undefined) return undefined;
    const credential = toCredential(token, secret);
    setBounded(known, credential.id, { token, lastUsedAtMillis: token.lastUsedAtMillis });
    return { credential, token };
  };

  const read = (key: TokenKey): Promise<Opened | undefined> => {
    const name = recordOf(key);
    const present = remembered.get(name);
    if (present && present.untilMillis > clock.nowMillis()) return present.opened;
    // Counted from before the store is read, so that a later change is seen in time.
    const askedAtMillis = clock.nowMillis();
    const entry: RememberedToken = {
      opened: withinMillis(open(key), mostOpenMillis),
      untilMillis: askedAtMillis + unknownFreshMillis,
    };
    setBounded(remembered, name, entry);
    entry.opened.then(
      (opened) => {
        if (opened) entry.untilMillis = askedAtMillis + tokenFreshMillis;
      },
      () => remembered.get(name) === entry && remembered.delete(name),
    );
    return entry.opened;
  };

  const noteUse = async (found: UsedToken): Promise<void> => {
    const nowMillis = clock.nowMillis();
    if (nowMillis - found.lastUsedAtMillis < useNotedMillis) return;
    const beforeMillis = found.lastUsedAtMillis;
    found.lastUsedAtMillis = nowMillis; // Calls that end meanwhile need not write it too.
    await store.used(found.token, found.token.version, nowMillis).catch((error: unknown) => {
      found.lastUsedAtMillis = beforeMillis;
      throw error;
    });
  };

  /** One refusal proves nothing: the keep-alive tries the token again. Until then no call uses it. */
  const noteRefusal = async ({ token }: UsedToken): Promise<void> => {
    remembered.delete(recordOf(token));
    await store.doubt(token, token.version, clock.nowMillis());
  };

  const linkUrl: UserTokens['linkUrl'] = (upstream, holder, subject, publicUrl) => {
    const name = `${publicUrl} ${recordOf(tokenKeyOf(upstream, holder, subject))}`;
    const present = urls.get(name);
    if (present && present.untilMillis > clock.nowMillis()) return present.url;
    const url = parts.linkUrl(upstream, holder, subject, publicUrl);
    setBounded(urls, name, { url, untilMillis: clock.nowMillis() + linkKeptMillis });
    url.catch(() => urls.delete(name));
    return url;
  };

  return {
    async find(upstream, holder, subject) {
      const opened = await read(tokenKeyOf(upstream, holder, subject)).catch((cause: unknown) => {
        throw new AppError('CREDENTIAL_UNAVAILABLE', {
          detail: 'The facade could not read the linked token.',
          retryAfterSeconds: storeRetrySeconds,
          cause,
        });
      });
      return opened?.credential;
    },
    async observe(_upstream, { id }, outcome) {
      const status = statusOf(outcome);
      const found = known.get(id);
      if (!found || status === undefined) return;
      const noted = isRefused(outcome) ? noteRefusal(found) : isUse(status) ? noteUse(found) : Promise.resolve();
      await noted.catch((error: unknown) => parts.onFailure('noting the use of a token', error));
    },
    linkUrl: (...about) =>
      linkUrl(...about).catch((error: unknown) => {
        // The refusal is answered without the link.
        parts.onFailure('making a link', error);
        return '';
      }),
  };
};
