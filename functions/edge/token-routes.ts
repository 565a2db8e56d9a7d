/** /v1/me/token: the person's own token, by the consumer that linked it. /v1/tokens: all of them, for operators. */
import { changesBetween } from '../../shared/audit/changes.ts';
import { type Caller, ConsumerId } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { tokenKeyOf } from '../../shared/tokens/holder.ts';
import type { Links } from '../../shared/tokens/links.ts';
import { keyOf, recordOf, type TokenFacts, type TokenKey, type TokenStore } from '../../shared/tokens/token.ts';
import { tokenChanges } from '../../shared/tokens/token-changes.ts';
import { toLinkDocument, toTokenDocument, toTokensDocument } from '../../shared/tokens/token-document.ts';
import { type Acts, type AdminAct, gatherChanges } from './acts.ts';
import { authorise } from './authorise.ts';
import { documentReply, type Handle, type HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';

export type TokenParts = {
  readonly identifier: Identifier;
  readonly store: TokenStore;
  readonly links: Pick<Links, 'create'>;
  readonly acts: Acts;
  readonly clock: Clock;
  /** Of which upstream the tokens are. */
  readonly upstream: string;
};

const mostOnPage = 100;
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

const parameter = ({ query }: HttpRequest, name: string): string | undefined =>
  query.find(([key]) => key === name)?.[1];

const limitOf = (request: HttpRequest): number => {
  const text = parameter(request, 'page[limit]') ?? String(mostOnPage);
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= mostOnPage) return limit;
  throw new AppError('REQUEST_INVALID', {
    detail: `page[limit] is a whole number from 1 to ${mostOnPage}.`,
    source: { parameter: 'page[limit]' },
  });
};

/** @throws AppError REQUEST_INVALID: what is no consumer's id is no beginning of a name in the store either. */
const consumerOf = (request: HttpRequest): string | undefined => {
  const id = parameter(request, 'filter[consumer]');
  if (id === undefined || ConsumerId.safeParse(id).success) return id;
  throw new AppError('REQUEST_INVALID', {
    detail: 'filter[consumer] is the id of a consumer.',
    source: { parameter: 'filter[consumer]' },
  });
};

const unknownToken = (
  detail = 'No token is linked for this person. POST /v1/me/token/links gives a link where one can be.',
): AppError => new AppError('TOKEN_UNKNOWN', { detail });

const gone: HttpReply = { status: 204, headers: [], body: undefined };

export const createTokenRoutes = ({ identifier, store, links, acts, clock, upstream }: TokenParts): Handle => {
  const read = async (key: TokenKey, publicUrl: string): Promise<HttpReply> => {
    const token = await store.read(key);
    if (!token) throw unknownToken();
    return documentReply(200, toTokenDocument(token, publicUrl, clock.nowMillis()));
  };

  type Noted = Omit<AdminAct, 'act' | 'changes'>;

  const revoke = (noted: Noted, key: TokenKey, version?: string): Promise<HttpReply> => {
    const { note, changes } = gatherChanges();
    return acts.around({ ...noted, act: 'tokens.revoke', changes }, async () => {
      const before = await store.read(key);
      if (!(await store.remove(key, version))) throw unknownToken();
      note(tokenChanges(before, undefined));
      return gone;
    });
  };

  const offer = (noted: Noted, key: TokenKey, publicUrl: string): Promise<HttpReply> => {
    const { note, changes } = gatherChanges();
    return acts.around({ ...noted, act: 'tokens.create-link', changes }, async () => {
      const link = await links.create(key, publicUrl, noted.caller.consumer.contact);
      // Its URL is a secret for as long as it is good.
      note(changesBetween(undefined, { link: link.id, expiresAt: new Date(link.expiresAtMillis).toISOString() }));
      return documentReply(201, toLinkDocument(link));
    });
  };

  const list = async (request: HttpRequest): Promise<HttpReply> => {
    await authorise(identifier, request, 'tokens', 'read', { fresh: true });
    const [limit, consumerId] = [limitOf(request), consumerOf(request)];
    const page = await store.list(limit, parameter(request, 'page[cursor]'), consumerId);
    const nextOf = (cursor: string): string => {
      const query = new URLSearchParams({ 'page[limit]': String(limit), 'page[cursor]': cursor });
      if (consumerId !== undefined) query.set('filter[consumer]', consumerId);
      return `${request.publicUrl}/v1/tokens?${query}`;
    };
    return documentReply(200, toTokensDocument(page, nextOf, clock.nowMillis()));
  };

  /** All are looked through: an id says nothing about whose token it is. */
  const findById = async (id: string): Promise<TokenFacts> => {
    let cursor: string | undefined;
    do {
      const page = await store.list(mostLookedThrough, cursor);
      const found = page.tokens.find(({ version }) => version === id);
      if (found) return found;
      cursor = page.cursor;
    } while (cursor !== undefined);
    throw unknownToken('No token has this id; a renewed one has another. GET /v1/tokens shows them all.');
  };

  const revokeAny = async (request: HttpRequest): Promise<HttpReply> => {
    const caller = await authorise(identifier, request, 'tokens', 'write', { fresh: true });
    const token = await findById(request.pathParameters.tokenId ?? '');
    const noted = { caller, requestId: request.requestId, target: recordOf(token) };
    return revoke(noted, keyOf(token), token.version);
  };

  return async (request, facts) => {
    if (request.route === '/v1/tokens') return list(request);
    if (request.route === '/v1/tokens/{tokenId}') return revokeAny(request);
    const isChange = request.method !== 'GET';
    const caller = await identifier.identify(request.headers, { fresh: isChange });
    facts.consumer = caller.consumer.id;
    const key = ownKeyOf(upstream, caller);
    if (!isChange) return read(key, request.publicUrl);
    const noted = { caller, requestId: request.requestId, target: recordOf(key) };
    return request.method === 'DELETE' ? revoke(noted, key) : offer(noted, key, request.publicUrl);
  };
};
