/** /v1/me/token: the person's own token, by the consumer that linked it. /v1/tokens: all of them, for operators. */
import type { Caller } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Links } from '../../shared/tokens/links.ts';
import { recordOf, type TokenKey, type TokenStore } from '../../shared/tokens/token.ts';
import { toLinkDocument, toTokenDocument, toTokensDocument } from '../../shared/tokens/token-document.ts';
import type { Acts } from './acts.ts';
import { authorise } from './authorise.ts';
import { documentReply, type Handle, type HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';

export type TokenParts = {
  readonly identifier: Identifier;
  readonly store: TokenStore;
  readonly links: Links;
  readonly acts: Acts;
  readonly clock: Clock;
  /** Of which upstream the tokens are. */
  readonly upstream: string;
};

const mostOnPage = 100;

const keyOf = (upstream: string, { consumer, subject }: Caller): TokenKey => {
  if (subject) return { upstream, consumerId: consumer.id, subject };
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

const unknownToken = (): AppError =>
  new AppError('TOKEN_UNKNOWN', {
    detail: 'No token is linked for this person. POST /v1/me/token/links gives a link where one can be.',
  });

export const createTokenRoutes = ({ identifier, store, links, acts, clock, upstream }: TokenParts): Handle => {
  const read = async (key: TokenKey, publicUrl: string): Promise<HttpReply> => {
    const token = await store.read(key);
    if (!token) throw unknownToken();
    return documentReply(200, toTokenDocument(token, publicUrl, clock.nowMillis()));
  };

  const revoke = async (key: TokenKey): Promise<HttpReply> => {
    if (!(await store.remove(key))) throw unknownToken();
    return { status: 204, headers: [], body: undefined };
  };

  const offer = async (key: TokenKey, { consumer }: Caller, { publicUrl }: HttpRequest): Promise<HttpReply> =>
    documentReply(201, toLinkDocument(await links.create(key, publicUrl, consumer.contact)));

  const list = async (request: HttpRequest): Promise<HttpReply> => {
    await authorise(identifier, request, 'tokens', 'read');
    const [limit, consumerId] = [limitOf(request), parameter(request, 'filter[consumer]')];
    const page = await store.list(limit, parameter(request, 'page[cursor]'), consumerId);
    const nextOf = (cursor: string): string => {
      const query = new URLSearchParams({ 'page[limit]': String(limit), 'page[cursor]': cursor });
      if (consumerId !== undefined) query.set('filter[consumer]', consumerId);
      return `${request.publicUrl}/v1/tokens?${query}`;
    };
    return documentReply(200, toTokensDocument(page, nextOf, clock.nowMillis()));
  };

  return async (request, facts) => {
    if (request.route === '/v1/tokens') return list(request);
    const caller = await identifier.identify(request.headers);
    facts.consumer = caller.consumer.id;
    const key = keyOf(upstream, caller);
    if (request.method === 'GET') return read(key, request.publicUrl);
    const noted = { caller, requestId: request.requestId, target: recordOf(key) };
    if (request.method === 'DELETE') return acts.around({ ...noted, act: 'tokens.revoke' }, () => revoke(key));
    return acts.around({ ...noted, act: 'tokens.create-link' }, () => offer(key, caller, request));
  };
};
