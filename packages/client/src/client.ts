/** The client: typed calls with retries and errors, lists, uploads, exports. */
import createClient from 'openapi-fetch';
import type { ArgumentsOf, Call, ItemOf, Method, PathOf } from './calls.ts';
import { type Clock, systemClock } from './clock.ts';
import { createExports } from './exports.ts';
import { toFacadeError } from './facade-error.ts';
import { takesKey } from './idempotency-key.ts';
import type { paths } from './openapi.ts';
import { itemsFrom, type Page } from './pages.ts';
import { toQuery } from './query.ts';
import { createRetries, defaultRetries, type Fetch, type RetryPolicy } from './retry.ts';
import { createUploads } from './uploads.ts';

export type ClientOptions = {
  /** Of the facade, with its stage: `https://….execute-api.….amazonaws.com/prod`. */
  readonly baseUrl: string;
  /** The facade key, for `x-api-key`. */
  readonly apiKey?: string;
  /** In place of a key: gives the token of a trusted issuer. Called for each request, so that it can renew it. */
  readonly token?: () => string | Promise<string>;
  readonly fetch?: Fetch;
  readonly retries?: RetryPolicy;
  readonly clock?: Clock;
};

type Fields = Readonly<Record<string, string>>;
type AnyInit = { readonly body?: unknown; readonly headers?: object; readonly parseAs?: string };
type AnyAnswer = { readonly data?: unknown; readonly response: Response };
/** openapi-fetch without the types of the operations: Call has them. */
type AnyCall = (method: string, path: string, init: object) => Promise<AnyAnswer>;

const isRaw = (body: unknown): boolean =>
  typeof body === 'string' || body instanceof Blob || body instanceof Uint8Array || body instanceof URLSearchParams;
const serialize = (body: unknown): unknown => (isRaw(body) ? body : JSON.stringify(body));

/** The facade and the tenant read JSON:API. The headers of a call come first. */
const withMediaType = (init: AnyInit): AnyInit => {
  if (init.body === undefined || isRaw(init.body)) return init;
  return { ...init, headers: { 'Content-Type': 'application/vnd.api+json', ...init.headers } };
};

export const createFacadeClient = (options: ClientOptions) => {
  const { baseUrl, apiKey, token, retries = defaultRetries, clock = systemClock } = options;
  // Browsers want `fetch` called as the window's own.
  const fetch: Fetch = options.fetch ?? ((request) => globalThis.fetch(request));
  const repeated = createRetries(fetch, retries, clock);

  const credentials = async (): Promise<Fields> => ({
    ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
    ...(token === undefined ? {} : { authorization: `Bearer ${await token()}` }),
  });

  /** @throws FacadeError for each answer that is no success. */
  const send = async (request: Request, isKeyed: boolean): Promise<Response> => {
    const fields = Object.entries(await credentials());
    const make = (): Request => {
      const copy = request.clone();
      for (const [name, value] of fields) copy.headers.set(name, value);
      return copy;
    };
    const answer = await repeated(make, isKeyed);
    if (!answer.ok) throw await toFacadeError(answer, clock.nowMillis());
    return answer;
  };
  const read = (request: Request): Promise<Response> => send(request, false);
  const sendKeyed = (request: Request): Promise<Response> => send(request, true);

  // A redirect leads to S3, and fetch would send the key there.
  const { request } = createClient<paths>({
    baseUrl,
    fetch: read,
    redirect: 'manual',
    querySerializer: toQuery,
    bodySerializer: serialize,
  });
  const call = <M extends Method>(method: M) =>
    ((path: string, init: AnyInit = {}) =>
      (request as unknown as AnyCall)(method, path, {
        ...(takesKey(method, path) ? { fetch: sendKeyed } : {}),
        ...withMediaType(init),
      })) as unknown as Call<M>;

  const [GET, POST, DELETE] = [call('get'), call('post'), call('delete')];

  /** Every item of a list, page by page. @throws FacadeError. */
  async function* list<P extends PathOf<'get'>>(path: P, ...[init]: ArgumentsOf<P, 'get'>): AsyncGenerator<ItemOf<P>> {
    let asked: Request | undefined;
    const keep = (first: Request) => {
      asked = first.clone();
      return read(first);
    };
    const { data } = await (request as unknown as AnyCall)('get', path, { ...init, fetch: keep });
    if (asked) yield* itemsFrom(data as Page, asked, baseUrl, read) as AsyncGenerator<ItemOf<P>>;
  }

  return {
    GET,
    POST,
    DELETE,
    PUT: call('put'),
    PATCH: call('patch'),
    HEAD: call('head'),
    list,
    ...createUploads({ POST, DELETE, send: repeated, nowMillis: clock.nowMillis }),
    ...createExports({ GET, POST, clock }),
  };
};
export type FacadeClient = ReturnType<typeof createFacadeClient>;
