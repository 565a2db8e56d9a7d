/** /v1/me/token: one person's token, for the consumer that linked it. /v1/me/tokens: all that it linked. /v1/tokens: all tokens, for operators. */
import { changesBetween } from '../../shared/audit/changes.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { isHolder, tokenKeyOf } from '../../shared/tokens/holder.ts';
import type { Links, NewLink } from '../../shared/tokens/links.ts';
import { checkReturnUrl } from '../../shared/tokens/return-url.ts';
import { tokenRoutes } from '../../shared/tokens/routes.ts';
import { keyOf, recordOf, type TokenFacts, type TokenKey, type TokenStore } from '../../shared/tokens/token.ts';
import { tokenChanges } from '../../shared/tokens/token-changes.ts';
import { toLinkDocument, toTokenDocument, toTokensDocument } from '../../shared/tokens/token-document.ts';
import { type CapabilityParts, capability, done, type Note } from './capability.ts';
import type { Handle } from './http-handler.ts';

export type TokenParts = CapabilityParts & {
  readonly store: TokenStore;
  readonly links: Pick<Links, 'create'>;
  readonly clock: Clock;
  /** The upstream of the tokens. */
  readonly upstream: string;
};

const mostLookedThrough = 500;

const ownKeyOf = (upstream: string, { consumer, subject }: Caller): TokenKey => {
  if (subject) return tokenKeyOf(upstream, consumer, subject);
  if (!consumer.actsAs?.includes('user')) {
    throw new AppError('SUBJECT_REFUSED', {
      detail: `${consumer.id} may not call for a person: its actsAs has no user. Ask an administrator of the consumers to add it.`,
    });
  }
  throw new AppError('REQUEST_INVALID', {
    detail: 'Say for whom you call: your own name for the person, in X-On-Behalf-Of or in your token.',
    source: { header: 'X-On-Behalf-Of' },
  });
};

const unknownToken = (
  detail = 'No token is linked for this person. POST /v1/me/token/links gives a link where one can be.',
): AppError => new AppError('TOKEN_UNKNOWN', { detail });

/** The address of the next page. */
const nextIn =
  (url: string, limit: number, filter: Readonly<Record<string, string>> = {}) =>
  (cursor: string): string =>
    `${url}?${new URLSearchParams({ 'page[limit]': String(limit), 'page[cursor]': cursor, ...filter })}`;

/** Reads all tokens, because an id does not show whose token it is. */
const findById = async (store: TokenStore, id: string): Promise<TokenFacts> => {
  let cursor: string | undefined;
  do {
    const page = await store.list(mostLookedThrough, cursor);
    const found = page.tokens.find(({ version }) => version === id);
    if (found) return found;
    cursor = page.cursor;
  } while (cursor !== undefined);
  throw unknownToken('No token has this id; a renewed one has another. GET /v1/tokens shows them all.');
};

export const createTokenRoutes = ({ store, links, clock, upstream, ...parts }: TokenParts): Handle => {
  const revoking =
    (key: TokenKey, version?: string) =>
    async (note: Note): Promise<void> => {
      const before = await store.read(key);
      if (!(await store.remove(key, version))) throw unknownToken();
      note(tokenChanges(before, undefined));
    };

  return capability(tokenRoutes)(parts, {
    readMyToken: async ({ caller, request: { publicUrl } }) => {
      const token = await store.read(ownKeyOf(upstream, caller));
      if (!token) throw unknownToken();
      return { status: 200, document: toTokenDocument(token, publicUrl, clock.nowMillis()) };
    },

    revokeMyToken: async ({ act, caller }) => {
      const key = ownKeyOf(upstream, caller);
      await act(recordOf(key), revoking(key));
      return done;
    },

    createTokenLink: async ({ act, body, caller, request: { publicUrl } }) => {
      const key = ownKeyOf(upstream, caller);
      const returnUrl = body?.data.attributes.returnUrl;
      checkReturnUrl(returnUrl, caller.consumer, publicUrl);
      const offer = async (note: Note): Promise<NewLink> => {
        const link = await links.create(key, publicUrl, { contact: caller.consumer.contact, returnUrl });
        // Its URL is secret while it is valid.
        note(changesBetween(undefined, { link: link.id, expiresAt: new Date(link.expiresAtMillis).toISOString() }));
        return link;
      };
      return { status: 201, document: toLinkDocument(await act(recordOf(key), offer)) };
    },

    listMyTokens: async ({ caller: { consumer }, query, request: { publicUrl } }) => {
      const { 'page[limit]': limit, 'page[cursor]': cursor } = query;
      const page = await store.list(limit, cursor, consumer.id);
      const tokens = page.tokens.filter((token) => isHolder(consumer, token));
      const nextOf = nextIn(`${publicUrl}/v1/me/tokens`, limit);
      return { status: 200, document: toTokensDocument({ ...page, tokens }, nextOf, clock.nowMillis()) };
    },

    listTokens: async ({ query, request: { publicUrl } }) => {
      const { 'page[limit]': limit, 'page[cursor]': cursor, 'filter[consumer]': consumerId } = query;
      const page = await store.list(limit, cursor, consumerId);
      const filter = consumerId === undefined ? {} : { 'filter[consumer]': consumerId };
      const nextOf = nextIn(`${publicUrl}/v1/tokens`, limit, filter);
      return { status: 200, document: toTokensDocument(page, nextOf, clock.nowMillis()) };
    },

    revokeToken: async ({ act, path: { tokenId } }) => {
      const token = await findById(store, tokenId);
      await act(recordOf(token), revoking(keyOf(token), token.version));
      return done;
    },
  });
};
