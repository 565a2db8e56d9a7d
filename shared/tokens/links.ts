/**
 * How a person links a token: a one-time URL, consent, the tenant's login, and the return. docs/tokens.md explains each
 * check.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { TokenHolder } from '../credentials/credential.ts';
import { type Envelope, Sealed } from '../credentials/envelope.ts';
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { type FindHolder, isHolder } from './holder.ts';
import { authorizeUrl, type ExchangeCode, type OAuthSettings, redirectUriOf } from './oauth.ts';
import { createSecret, hashOf, isSameHash, type OneTimeStore } from './one-time.ts';
import type { PersonProbe } from './person-probe.ts';
import { keyOf, recordOf, type Token, type TokenFacts, TokenKey, type TokenStore } from './token.ts';
import { toCredential } from './user-tokens.ts';

const minuteMillis = 60_000;
/** How long a link may wait for the person. */
const ticketLifeMillis = 10 * minuteMillis;
/** How long the login may take, the tenant's identity provider included. */
export const pendingLifeMillis = 15 * minuteMillis;

/** A link that was given to an application. */
const Ticket = TokenKey.extend({ contact: z.string().optional(), expiresAtMillis: z.number() });
export type Ticket = z.infer<typeof Ticket>;

export type NewLink = { readonly id: string; readonly url: string; readonly expiresAtMillis: number };

/** An open login in one browser. */
const Pending = TokenKey.extend({
  stateHash: z.string(),
  redirectUri: z.string(),
  verifier: Sealed.optional(),
  expiresAtMillis: z.number(),
});
type Pending = z.infer<typeof Pending>;

/** An open login, under the name by which the store removes it. */
type Login = Pending & { readonly name: string };

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

/** Runs the act that stores a token, and may record it with the consumer that it is for. */
export type AroundLink<Holder extends TokenHolder> = <T>(
  holder: Holder,
  token: Token,
  run: () => Promise<T>,
  replaced: TokenFacts | undefined,
) => Promise<T>;

export type LinkParts<Holder extends TokenHolder = TokenHolder> = {
  readonly settings: OAuthSettings;
  readonly store: TokenStore;
  readonly once: OneTimeStore;
  readonly envelope: Envelope;
  readonly probe: PersonProbe;
  readonly exchangeCode: ExchangeCode;
  /** Returns a consumer only while it may call. */
  readonly findHolder: FindHolder<Holder>;
  readonly clock: Clock;
};

const refused = (detail: string): AppError => new AppError('LINK_REFUSED', { detail });
const startAgain = 'Ask the application for a new link and start again.';

const ticketName = (ticket: string): string => `ticket-${hashOf('ticket', ticket)}`;
/** Stored under the cookie, so another browser, or one without a cookie of the facade, finds nothing. */
const pendingName = (cookie: string): string => `pending-${hashOf('link-cookie', cookie)}`;
/** The form that `createSecret` makes. Any other text is not a cookie of the facade, and is not looked up. */
const cookieForm = /^[\w-]{43}$/;

export type Links<Holder extends TokenHolder = TokenHolder> = ReturnType<typeof createLinks<Holder>>;

/** A one-time URL. The empty text when the stage has no client id: nobody can link a token there. */
export const createTicketMaker =
  (parts: Pick<LinkParts, 'once' | 'clock'> & { readonly settings: Pick<OAuthSettings, 'clientId'> }) =>
  async (key: TokenKey, publicUrl: string, contact?: string): Promise<NewLink> => {
    const expiresAtMillis = parts.clock.nowMillis() + ticketLifeMillis;
    const ticket = createSecret();
    if (!parts.settings.clientId) return { id: '', url: '', expiresAtMillis };
    const kept: Ticket = { ...keyOf(key), ...(contact ? { contact } : {}), expiresAtMillis };
    await parts.once.put(ticketName(ticket), kept, expiresAtMillis);
    return {
      id: hashOf('link', ticket).slice(0, 16),
      url: `${publicUrl}/oauth/start?ticket=${ticket}`,
      expiresAtMillis,
    };
  };

export const createLinks = <Holder extends TokenHolder>(parts: LinkParts<Holder>) => {
  const { settings, store, once, envelope, clock } = parts;

  const checkOn = (): void => {
    if (settings.clientId) return;
    throw new AppError('LINKING_OFF', {
      detail: 'This stage has no client id for the login pages of the tenant, so nobody can link a token.',
    });
  };

  const readTicket = (value: unknown): Ticket => {
    const { data } = Ticket.safeParse(value);
    if (data && data.expiresAtMillis > clock.nowMillis()) return data;
    throw refused(`This link is not known, has been used, or is older than 10 minutes. ${startAgain}`);
  };

  /** The consumer that requested the link. It may have been suspended or deleted since, or its id given to another. */
  const holderOf = async (key: TokenKey): Promise<Holder> => {
    const holder = await parts.findHolder(key.consumerId);
    if (holder && isHolder(holder, key)) return holder;
    throw refused('The application that asked for this link may not use the facade any more, so nothing was linked.');
  };

  const notWaiting = (): AppError =>
    refused(
      `No login that was started in this browser is waiting for this answer: it was answered already, took longer than 15 minutes, or was started elsewhere. ${startAgain}`,
    );

  const find = async (cookie: string | undefined): Promise<Login> => {
    checkOn();
    if (cookie === undefined || !cookieForm.test(cookie)) throw notWaiting();
    const name = pendingName(cookie);
    const { data } = Pending.safeParse(await once.peek(name));
    if (data && data.expiresAtMillis > clock.nowMillis()) return { ...data, name };
    throw notWaiting();
  };

  const checkState = (login: Login, state: string | undefined): void => {
    if (state === undefined && settings.withoutState === 'accept') return;
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
    if (error === 'access_denied') throw refused(`You did not allow it, so nothing was linked. ${startAgain}`);
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

  /** One call with the token, which shows whose it is and that it lives. */
  const identify = async (key: TokenKey, secret: string): Promise<Token> => {
    const nowMillis = clock.nowMillis();
    const token: Token = {
      ...keyOf(key),
      version: randomUUID(),
      state: 'living',
      person: { id: 'unknown' },
      createdAtMillis: nowMillis,
      lastUsedAtMillis: nowMillis,
    };
    const probe = await parts.probe(toCredential(token, secret));
    if (probe.kind === 'living') return { ...token, person: probe.person };
    if (probe.kind === 'dead') throw refused(`The tenant refuses the token that it has just given. ${startAgain}`);
    throw new AppError('UPSTREAM_UNREACHABLE', {
      detail: `The tenant did not say whose token this is, so it was thrown away. ${startAgain}`,
    });
  };

  /** A subject stays one person: a login with another account replaces nothing. */
  const keep = async (token: Token): Promise<void> => {
    if (await store.put(token)) return;
    throw refused(
      'The account that logged in is not the one that is linked here. Log in with the same account, or let the application forget the old token first (DELETE /v1/me/token).',
    );
  };

  return {
    /** The URL works once, within 10 minutes. @throws AppError LINKING_OFF. */
    async create(key: TokenKey, publicUrl: string, contact?: string) {
      checkOn();
      return createTicketMaker(parts)(key, publicUrl, contact);
    },
    /** The facts of a link for the consent page. The link stays valid. @throws AppError LINKING_OFF, LINK_REFUSED. */
    async show(ticket: string): Promise<Ticket> {
      checkOn();
      const found = readTicket(await once.peek(ticketName(ticket)));
      await holderOf(found);
      return found;
    },
    /**
     * Uses the link up when the login is ready. If something fails before that, the link stays valid. The caller sets
     * `cookie` in the browser and redirects it to `location`.
     * @throws AppError LINKING_OFF, LINK_REFUSED.
     */
    async start(ticket: string, publicUrl: string): Promise<{ cookie: string; location: string }> {
      checkOn();
      const key = keyOf(readTicket(await once.peek(ticketName(ticket))));
      await holderOf(key);
      const [cookie, state] = [createSecret(), createSecret()];
      const verifier = settings.responseType === 'code' ? createSecret() : undefined;
      const redirectUri = redirectUriOf(publicUrl);
      const stateHash = hashOf('oauth-state', state);
      const expiresAtMillis = clock.nowMillis() + pendingLifeMillis;
      const pending: Pending = {
        ...{ ...key, stateHash, redirectUri, expiresAtMillis },
        ...(verifier === undefined ? {} : { verifier: await envelope.seal(verifierRecord(stateHash), verifier) }),
      };
      await once.put(pendingName(cookie), pending, expiresAtMillis);
      readTicket(await once.take(ticketName(ticket)));
      return { cookie, location: authorizeUrl(settings, redirectUri, state, verifier) };
    },
    /** The open login of the browser with this cookie. @throws AppError LINKING_OFF, LINK_REFUSED. */
    find,
    /**
     * Handles the answer for a login that `find` returned. Only an answer that proves to belong to the login ends it:
     * by its state or, where the stage accepts answers without one, by a token or code. A forged answer, a failure that
     * anybody can claim, and a fault of the facade's own stores leave it open. After that it is used up, whatever the
     * result.
     * @param around stores the token.
     * @throws AppError LINKING_OFF, LINK_REFUSED, and UPSTREAM_* when the tenant cannot be called.
     */
    async finish(
      login: Login,
      capture: Capture,
      around: AroundLink<Holder> = (_holder, _token, run) => run(),
    ): Promise<Token> {
      checkOn();
      checkState(login, capture.state);
      if (capture.error !== undefined && capture.state !== undefined) await take(login);
      checkError(capture);
      await holderOf(login);
      const secretOf = await readSecret(login, capture);
      await take(login);
      const secret = await secretOf();
      const token = await identify(login, secret);
      const linked = { ...token, sealed: await envelope.seal(recordOf(token), secret) };
      // Looked up again, because the login and the tenant took time.
      await around(await holderOf(login), linked, () => keep(linked), await store.read(keyOf(linked)));
      return linked;
    },
  };
};
