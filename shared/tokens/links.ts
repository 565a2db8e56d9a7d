/**
 * How a person links a token: a one-time URL, consent, the tenant's login, and the return. docs/tokens.md explains each
 * check.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { TokenHolder } from '../credentials/credential.ts';
import { type FindHolder, isHolder } from './holder.ts';
import {
  type Capture,
  createLogins,
  isFor,
  type Login,
  type LoginParts,
  type PurposeOf,
  personOf,
  refused,
  startAgain,
} from './logins.ts';
import { createSecret, hashOf } from './one-time.ts';
import type { PersonProbe } from './person-probe.ts';
import { keyOf, recordOf, type Token, type TokenFacts, TokenKey, type TokenStore } from './token.ts';
import { toCredential } from './user-tokens.ts';

const minuteMillis = 60_000;
/** How long a link may wait for the person. */
const ticketLifeMillis = 10 * minuteMillis;

/** A link that was given to an application. */
const Ticket = TokenKey.extend({
  contact: z.string().optional(),
  returnUrl: z.string().optional(),
  expiresAtMillis: z.number(),
});
export type Ticket = z.infer<typeof Ticket>;

/** What else a link carries: `returnUrl` was checked. */
export type LinkFacts = Pick<Ticket, 'contact' | 'returnUrl'>;

export type NewLink = { readonly id: string; readonly url: string; readonly expiresAtMillis: number };

/** Runs the act that stores a token, and may record it with the consumer that it is for. */
export type AroundLink<Holder extends TokenHolder> = <T>(
  holder: Holder,
  token: Token,
  run: () => Promise<T>,
  replaced: TokenFacts | undefined,
) => Promise<T>;

export type LinkParts<Holder extends TokenHolder = TokenHolder> = LoginParts & {
  readonly store: TokenStore;
  readonly probe: PersonProbe;
  /** Returns a consumer only while it may call. */
  readonly findHolder: FindHolder<Holder>;
};

const ticketName = (ticket: string): string => `ticket-${hashOf('ticket', ticket)}`;
export type Links<Holder extends TokenHolder = TokenHolder> = ReturnType<typeof createLinks<Holder>>;

/** A one-time URL. The empty text when the stage has no client id: nobody can link a token there. */
export const createTicketMaker =
  (parts: Pick<LinkParts, 'once' | 'clock'> & { readonly settings: Pick<LinkParts['settings'], 'clientId'> }) =>
  async (key: TokenKey, publicUrl: string, facts: LinkFacts = {}): Promise<NewLink> => {
    const expiresAtMillis = parts.clock.nowMillis() + ticketLifeMillis;
    const ticket = createSecret();
    if (!parts.settings.clientId) return { id: '', url: '', expiresAtMillis };
    const kept: Ticket = { ...keyOf(key), ...facts, expiresAtMillis };
    await parts.once.put(ticketName(ticket), kept, expiresAtMillis);
    return {
      id: hashOf('link', ticket).slice(0, 16),
      url: `${publicUrl}/oauth/start?ticket=${ticket}`,
      expiresAtMillis,
    };
  };

export const createLinks = <Holder extends TokenHolder>(parts: LinkParts<Holder>) => {
  const { store, once, envelope, clock } = parts;
  const logins = createLogins(parts);

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

  /** A token whose owner the tenant has named. */
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
    return { ...token, person: await personOf(parts.probe, toCredential(token, secret)) };
  };

  /** A subject stays one person: a login with another account replaces nothing. */
  const keep = async (token: Token): Promise<void> => {
    if (await store.put(token)) return;
    throw refused(
      'The account that logged in is not the one that is linked here. Log in with the same account, or let the application forget the old token first (DELETE /v1/me/token).',
    );
  };

  return {
    logins,
    /** The URL works once, within 10 minutes. @throws AppError LINKING_OFF. */
    async create(key: TokenKey, publicUrl: string, facts?: LinkFacts) {
      logins.checkOn();
      return createTicketMaker(parts)(key, publicUrl, facts);
    },
    /** The facts of a link for the consent page. The link stays valid. @throws AppError LINKING_OFF, LINK_REFUSED. */
    async show(ticket: string): Promise<Ticket & { readonly holder: Holder }> {
      logins.checkOn();
      const found = readTicket(await once.peek(ticketName(ticket)));
      return { ...found, holder: await holderOf(found) };
    },
    /**
     * Uses the link up when the login is ready. If something fails before that, the link stays valid. The caller sets
     * `cookie` in the browser and redirects it to `location`.
     * @throws AppError LINKING_OFF, LINK_REFUSED.
     */
    async start(ticket: string, publicUrl: string): Promise<{ cookie: string; location: string }> {
      logins.checkOn();
      const found = readTicket(await once.peek(ticketName(ticket)));
      const key = keyOf(found);
      await holderOf(key);
      const opened = await logins.open({ kind: 'link', ...key, returnUrl: found.returnUrl }, publicUrl);
      readTicket(await once.take(ticketName(ticket)));
      return opened;
    },
    /** The open login of the browser with this cookie, if it is for a link. @throws AppError LINKING_OFF, LINK_REFUSED. */
    async find(cookie: string | undefined): Promise<Login<PurposeOf<'link'>>> {
      const login = await logins.find(cookie);
      if (isFor(login, 'link')) return login;
      throw refused(`The login in this browser is not for a link. ${startAgain}`);
    },
    /**
     * Handles the answer for a login, as `logins.answer` does, and links the token.
     * @param around stores the token.
     * @throws AppError LINKING_OFF, LINK_REFUSED, and UPSTREAM_* when the tenant cannot be called.
     */
    async finish(
      login: Login<PurposeOf<'link'>>,
      capture: Capture,
      around: AroundLink<Holder> = (_holder, _token, run) => run(),
    ): Promise<Token> {
      const key = keyOf(login.purpose);
      const secret = await logins.answer(login, capture, () => holderOf(key));
      const token = await identify(key, secret);
      const linked = { ...token, sealed: await envelope.seal(recordOf(token), secret) };
      // Looked up again, because the login and the tenant took time.
      await around(await holderOf(key), linked, () => keep(linked), await store.read(keyOf(linked)));
      return linked;
    },
  };
};
