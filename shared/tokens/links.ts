/** How a person links a token: a one-time URL, consent, the tenant's login, and the way back. Why each check: docs/tokens.md. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { TokenHolder } from '../credentials/credential.ts';
import type { Envelope } from '../credentials/envelope.ts';
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { type FindHolder, isHolder } from './holder.ts';
import { authorizeUrl, type ExchangeCode, type OAuthSettings, redirectUriOf } from './oauth.ts';
import { createSecret, hashOf, isSameHash, type OneTimeStore } from './one-time.ts';
import type { PersonProbe } from './person-probe.ts';
import { keyOf, recordOf, SealedSecret, type Token, TokenKey, type TokenStore } from './token.ts';
import { toCredential } from './user-tokens.ts';

const minuteMillis = 60_000;
/** How long a link may wait for the person. */
const ticketLifeMillis = 10 * minuteMillis;
/** How long the login may take, the tenant's identity provider included. */
export const pendingLifeMillis = 15 * minuteMillis;

/** A link that has been handed out. */
const Ticket = TokenKey.extend({ contact: z.string().optional(), expiresAtMillis: z.number() });
export type Ticket = z.infer<typeof Ticket>;

export type NewLink = { readonly id: string; readonly url: string; readonly expiresAtMillis: number };

/** A login under way in one browser. */
const Pending = TokenKey.extend({
  stateHash: z.string(),
  redirectUri: z.string(),
  verifier: SealedSecret.optional(),
  expiresAtMillis: z.number(),
});
type Pending = z.infer<typeof Pending>;

/** What the page at the callback found in its address. */
export const Capture = z.object({
  state: z.string().max(500).optional(),
  /** Sent in a header from then on: visible ASCII only (RFC 6750, 2.1, and what real servers add to it). */
  token: z
    .string()
    .max(8_192)
    .regex(/^[\x21-\x7e]+$/, 'is no bearer token')
    .optional(),
  code: z.string().max(4_096).optional(),
  error: z.string().max(200).optional(),
});
export type Capture = z.infer<typeof Capture>;

/** Runs the act by which a token comes to be kept, and may record it with the consumer that it is for. */
export type AroundLink<Holder extends TokenHolder> = <T>(
  holder: Holder,
  token: Token,
  run: () => Promise<T>,
) => Promise<T>;

export type LinkParts<Holder extends TokenHolder = TokenHolder> = {
  readonly settings: OAuthSettings;
  readonly store: TokenStore;
  readonly once: OneTimeStore;
  readonly envelope: Envelope;
  readonly probe: PersonProbe;
  readonly exchangeCode: ExchangeCode;
  /** Answers with a consumer only while it may call. */
  readonly findHolder: FindHolder<Holder>;
  readonly clock: Clock;
};

const refused = (detail: string): AppError => new AppError('LINK_REFUSED', { detail });
const startAgain = 'Ask the application for a new link and start again.';

const ticketName = (ticket: string): string => `ticket-${hashOf('ticket', ticket)}`;
/** Kept under the cookie: another browser, or none of the facade's, finds nothing. */
const pendingName = (cookie: string): string => `pending-${hashOf('link-cookie', cookie)}`;

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

  /** The consumer that asked for the link: it may have been suspended or deleted since, or its id given to another. */
  const holderOf = async (key: TokenKey): Promise<Holder> => {
    const holder = await parts.findHolder(key.consumerId);
    if (holder && isHolder(holder, key)) return holder;
    throw refused('The application that asked for this link may not use the facade any more, so nothing was linked.');
  };

  const takePending = async (cookie: string | undefined): Promise<Pending> => {
    const { data } = Pending.safeParse(cookie ? await once.take(pendingName(cookie)) : undefined);
    if (data && data.expiresAtMillis > clock.nowMillis()) return data;
    throw refused(
      `No login that was started in this browser is waiting for this answer: it was answered already, took longer than 15 minutes, or was started elsewhere. ${startAgain}`,
    );
  };

  const checkState = (pending: Pending, state: string | undefined): void => {
    if (state === undefined && settings.withoutState === 'accept') return;
    if (state === undefined)
      throw refused(
        'The tenant sent no state back, so it cannot be told who started this login. The operators of the facade can allow that.',
      );
    if (!isSameHash(hashOf('oauth-state', state), pending.stateHash))
      throw refused(`The state in the answer is not the one that this browser was given. ${startAgain}`);
  };

  const verifierRecord = (stateHash: string): string => `oauth-verifier/${stateHash}`;

  const secretOf = async (pending: Pending, { token, code }: Capture): Promise<string> => {
    if (settings.responseType === 'token' && token !== undefined) return token;
    if (settings.responseType === 'code' && code !== undefined && pending.verifier) {
      const verifier = await envelope.open(verifierRecord(pending.stateHash), pending.verifier);
      const secret = await parts.exchangeCode(code, verifier, pending.redirectUri);
      if (Capture.shape.token.safeParse(secret).success) return secret;
    }
    throw refused(`The answer of the tenant holds no token of the kind that was asked for. ${startAgain}`);
  };

  /** One call as the token: whose it is, and that it lives. */
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

  /** A subject stays one person: whoever logs in with another account by mistake, or is made to, replaces nothing. */
  const keep = async (token: Token): Promise<void> => {
    if (await store.put(token)) return;
    throw refused(
      'The account that logged in is not the one that is linked here. Log in with the same account, or let the application forget the old token first (DELETE /v1/me/token).',
    );
  };

  return {
    /** The URL is good once, for 10 minutes. @throws AppError LINKING_OFF. */
    async create(key: TokenKey, publicUrl: string, contact?: string) {
      checkOn();
      return createTicketMaker(parts)(key, publicUrl, contact);
    },
    /** For whom a link is, as the consent page shows it. The link stays good. @throws AppError LINKING_OFF, LINK_REFUSED. */
    async show(ticket: string): Promise<Ticket> {
      checkOn();
      const found = readTicket(await once.peek(ticketName(ticket)));
      await holderOf(found);
      return found;
    },
    /**
     * Uses the link up. The caller sets `cookie` in the browser and sends it to `location`.
     * @throws AppError LINKING_OFF, LINK_REFUSED.
     */
    async start(ticket: string, publicUrl: string): Promise<{ cookie: string; location: string }> {
      checkOn();
      const key = keyOf(readTicket(await once.take(ticketName(ticket))));
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
      return { cookie, location: authorizeUrl(settings, redirectUri, state, verifier) };
    },
    /**
     * Takes what came back. The login that it answers is over, whatever comes of it.
     * @param around what puts the token in.
     * @throws AppError LINKING_OFF, LINK_REFUSED, and UPSTREAM_* when the tenant cannot be asked.
     */
    async finish(
      cookie: string | undefined,
      capture: Capture,
      around: AroundLink<Holder> = (_holder, _token, run) => run(),
    ): Promise<Token> {
      checkOn();
      const pending = await takePending(cookie);
      checkState(pending, capture.state);
      if (capture.error !== undefined)
        throw refused(
          capture.error === 'access_denied'
            ? `You did not allow it, so nothing was linked. ${startAgain}`
            : `The tenant refused the login. ${startAgain}`,
        );
      await holderOf(pending);
      const secret = await secretOf(pending, capture);
      const token = await identify(pending, secret);
      const linked = { ...token, sealed: await envelope.seal(recordOf(token), secret) };
      // Asked again: the login and the tenant took their time.
      await around(await holderOf(pending), linked, () => keep(linked));
      return linked;
    },
  };
};
