/**
 * A person's login at the tenant: begun in one browser, answered in the same one, and used up by one answer. docs/tokens.md explains
 * each check.
 */
import * as z from 'zod';
import { type Envelope, Sealed } from '../credentials/envelope.ts';
import { AppError } from '../errors/app-error.ts';
import type { Credential } from '../exchange/credential.ts';
import type { Clock } from '../time/clock.ts';
import { authorizeUrl, type ExchangeCode, type OAuthSettings, redirectUriOf } from './oauth.ts';
import { createSecret, hashOf, isSameHash, type OneTimeStore } from './one-time.ts';
import type { PersonProbe } from './person-probe.ts';
import { type Person, TokenKey } from './token.ts';

/** How long the login may take, the tenant's identity provider included. */
export const pendingLifeMillis = 15 * 60_000;

/** What the person has agreed to on the page before the login. */
export const LoginPurpose = z.discriminatedUnion('kind', [
  TokenKey.extend({ kind: z.literal('link'), returnUrl: z.string().optional() }),
  /** The token marks one sample as registered, and is forgotten. `watch` names the dialog that waits for it. */
  z.object({ kind: z.literal('register-sample'), sampleId: z.string(), watch: z.string() }),
]);
export type LoginPurpose = z.infer<typeof LoginPurpose>;

/** An open login in one browser. */
const Pending = z.object({
  purpose: LoginPurpose,
  stateHash: z.string(),
  redirectUri: z.string(),
  verifier: Sealed.optional(),
  expiresAtMillis: z.number(),
});
type Pending = z.infer<typeof Pending>;

/** An open login, under the name by which the store removes it. */
export type Login<Purpose extends LoginPurpose = LoginPurpose> = Omit<Pending, 'purpose'> & {
  readonly name: string;
  readonly purpose: Purpose;
};
export type PurposeOf<Kind extends LoginPurpose['kind']> = Extract<LoginPurpose, { kind: Kind }>;

/** A parameter without a value counts as left out (RFC 6749, 3.1). */
const given = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((text) => (text === '' ? undefined : text), value.optional());

/** The token is sent in a header, so it is visible ASCII only (RFC 6750, 2.1, and what real servers add to it). */
const BearerToken = z
  .string()
  .max(8_192)
  .regex(/^[!-~]+$/, 'is no bearer token');

/** What the callback page found in its address. */
export const Capture = z.object({
  state: given(z.string().max(500)),
  token: given(BearerToken),
  code: given(z.string().max(4_096)),
  error: given(z.string().max(200)),
});
export type Capture = z.infer<typeof Capture>;

export const isFor = <Kind extends LoginPurpose['kind']>(login: Login, kind: Kind): login is Login<PurposeOf<Kind>> =>
  login.purpose.kind === kind;

export type LoginParts = {
  readonly settings: OAuthSettings;
  readonly once: OneTimeStore;
  readonly envelope: Envelope;
  readonly exchangeCode: ExchangeCode;
  readonly clock: Clock;
};

export const refused = (detail: string): AppError => new AppError('LINK_REFUSED', { detail });
export const startAgain = 'Go back to where you came from and start again.';

/** Stored under the cookie, so another browser, or one without a cookie of the facade, finds nothing. */
const pendingName = (cookie: string): string => `pending-${hashOf('link-cookie', cookie)}`;
/** The form that `createSecret` makes. Any other text is not a secret of the facade, and is not looked up. */
export const secretForm = /^[\w-]{43}$/;

/** One call with the token, which shows whose it is and that it lives. @throws AppError LINK_REFUSED, UPSTREAM_UNREACHABLE. */
export const personOf = async (probe: PersonProbe, credential: Credential): Promise<Person> => {
  const probed = await probe(credential);
  if (probed.kind === 'living') return probed.person;
  if (probed.kind === 'dead') throw refused(`The tenant refuses the token that it has just given. ${startAgain}`);
  throw new AppError('UPSTREAM_UNREACHABLE', {
    detail: `The tenant did not say whose token this is, so it was thrown away. ${startAgain}`,
  });
};

export const createLogins = (parts: LoginParts) => {
  const { settings, once, envelope, clock } = parts;

  const checkOn = (): void => {
    if (settings.clientId) return;
    throw new AppError('LINKING_OFF', {
      detail: 'This stage has no client id for the login pages of the tenant, so nobody can link a token.',
    });
  };

  const notWaiting = (): AppError =>
    refused(
      `No login that was started in this browser is waiting for this answer: it was answered already, took longer than 15 minutes, or was started elsewhere. ${startAgain}`,
    );

  const find = async (cookie: string | undefined): Promise<Login> => {
    checkOn();
    if (cookie === undefined || !secretForm.test(cookie)) throw notWaiting();
    const name = pendingName(cookie);
    const { data } = Pending.safeParse(await once.peek(name));
    if (data && data.expiresAtMillis > clock.nowMillis()) return { ...data, name };
    throw notWaiting();
  };

  const checkState = (login: Login, state: string | undefined): void => {
    // A link says whose token it is on its page. Where a token acts at once, another page must not be able to insert its own.
    if (state === undefined && settings.withoutState === 'accept' && isFor(login, 'link')) return;
    if (state === undefined)
      throw refused(
        'The tenant sent no state back, so it cannot be told who started this login. The operators of the facade can allow that.',
      );
    if (!isSameHash(hashOf('oauth-state', state), login.stateHash))
      throw refused(
        'The state in the answer is not the one that this browser was given, so the answer was ignored. The login that was started here still waits for its own.',
      );
  };

  const checkError = ({ error }: Capture): void => {
    if (error === 'access_denied') throw refused(`You did not allow it, so nothing was done. ${startAgain}`);
    if (error !== undefined) throw refused(`The tenant refused the login. ${startAgain}`);
  };

  const verifierRecord = (stateHash: string): string => `oauth-verifier/${stateHash}`;

  const noToken = (): AppError =>
    refused(`The answer of the tenant holds no token of the kind that was asked for. ${startAgain}`);

  /** Gets the token from this answer. Everything that can fail happens before the login is used up. */
  const readSecret = async (login: Login, { token, code }: Capture): Promise<() => Promise<string>> => {
    if (settings.responseType === 'token' && token !== undefined) return async () => token;
    if (settings.responseType !== 'code' || code === undefined || !login.verifier) throw noToken();
    const verifier = await envelope.open(verifierRecord(login.stateHash), login.verifier);
    return async () => {
      const secret = await parts.exchangeCode(code, verifier, login.redirectUri);
      if (BearerToken.safeParse(secret).success) return secret;
      throw noToken();
    };
  };

  /** Uses the login up, for exactly one answer. */
  const take = async ({ name }: Login): Promise<void> => {
    if ((await once.take(name)) === undefined) throw notWaiting();
  };

  return {
    /** @throws AppError LINKING_OFF where nobody can log in. */
    checkOn,
    /**
     * Makes a login ready. The caller sets `cookie` in the browser and redirects it to `location`. @throws AppError LINKING_OFF.
     */
    async open(purpose: LoginPurpose, publicUrl: string): Promise<{ cookie: string; location: string }> {
      checkOn();
      const [cookie, state] = [createSecret(), createSecret()];
      const verifier = settings.responseType === 'code' ? createSecret() : undefined;
      const redirectUri = redirectUriOf(publicUrl);
      const stateHash = hashOf('oauth-state', state);
      const expiresAtMillis = clock.nowMillis() + pendingLifeMillis;
      const pending: Pending = {
        ...{ purpose, stateHash, redirectUri, expiresAtMillis },
        ...(verifier === undefined ? {} : { verifier: await envelope.seal(verifierRecord(stateHash), verifier) }),
      };
      await once.put(pendingName(cookie), pending, expiresAtMillis);
      return { cookie, location: authorizeUrl(settings, redirectUri, state, verifier) };
    },
    /** The open login of the browser with this cookie. @throws AppError LINKING_OFF, LINK_REFUSED. */
    find,
    /**
     * The token of the answer for a login that `find` returned. Only an answer that proves to belong to the login ends it: by its
     * state or, where the stage accepts answers without one, by a token or code. A forged answer, a failure that anybody can claim, and
     * a fault of the facade's own stores leave it open. After that it is used up, whatever the result.
     * @param mayGoOn throws where the login serves nothing any more. @param onTaken called once this answer has used the login up.
     * @throws AppError LINKING_OFF, LINK_REFUSED, and UPSTREAM_* when the tenant cannot be called.
     */
    async answer(
      login: Login,
      capture: Capture,
      mayGoOn: () => Promise<unknown> = async () => {},
      onTaken: () => void = () => {},
    ): Promise<string> {
      checkOn();
      checkState(login, capture.state);
      if (capture.error !== undefined && capture.state !== undefined) {
        await take(login);
        onTaken();
      }
      checkError(capture);
      await mayGoOn();
      const secretOf = await readSecret(login, capture);
      await take(login);
      onTaken();
      return secretOf();
    },
  };
};
export type Logins = ReturnType<typeof createLogins>;
