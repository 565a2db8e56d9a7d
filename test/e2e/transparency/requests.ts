/** Requests that are sent twice: to the tenant itself and through the facade. */
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import type { Simulator } from '../../../packages/signals-simulator/src/simulator.ts';
import { signalsBasePath } from '../../../shared/signals/names.ts';
import type { RawAnswer, RawRequest } from '../../support/raw-http.ts';

export const jsonApi = 'application/vnd.api+json';

/** What a request may be made of: the tenant as it is at that moment, and the answer to the request before. */
export type Moment = { readonly simulator: Simulator; readonly last: RawAnswer | undefined };
export type Case = {
  readonly make: (moment: Moment) => RawRequest | Promise<RawRequest>;
  /** The differences that are meant; each has a reason in the list below the test. */
  readonly differs?: Difference;
};
export type Group = { readonly promise: string; readonly cases: readonly Case[] };

/** What may differ on purpose, and why (docs/native-surface.md). */
export const differences = {
  headLength: 'HEAD of a document has no Content-Length: the links in it change its length',
  gateway: 'API Gateway answers itself: it has seven methods, and a greedy route needs something after the base path',
  dotSegments: 'a "." or ".." segment would lead out of the operation whose scope was checked',
  queryOrder: 'API Gateway groups the values of a repeated parameter, so the self link has them in another order',
  querySyntax: 'API Gateway splits a query at a raw ";" and takes raw braces out, so the self link has another query',
  brokenEscape: 'API Gateway decodes queries leniently, so a "%" that is no escape arrives as a percent sign',
  measuredBody: 'API Gateway collects a chunked body, so the tenant gets the Content-Length that it asks for',
} as const;
export type Difference = keyof typeof differences;

type Headers = RawRequest['headers'];
type Body = RawRequest['body'];

const withType = (type: string | undefined, headers: Headers = []): Headers =>
  type === undefined ? headers : [...headers, ['content-type', type]];

const atBase = (path: string): string => signalsBasePath + path;

export const get = (path: string, headers: Headers = [], differs?: Difference): Case => ({
  make: () => ({ method: 'GET', target: atBase(path), headers: headers ?? [] }),
  ...(differs ? { differs } : {}),
});
export const head = (path: string, headers: Headers = []): Case => ({
  make: () => ({ method: 'HEAD', target: atBase(path), headers: headers ?? [] }),
  differs: 'headLength',
});
export const send = (
  method: string,
  path: string | ((moment: Moment) => string),
  body?: Body | object,
  headers: Headers = [],
  type: string | undefined = jsonApi,
): Case => ({
  make: (moment) => ({
    method,
    target: atBase(typeof path === 'string' ? path : path(moment)),
    headers: withType(type, headers) ?? [],
    body: body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  }),
});
export const differing = (differs: Difference, plain: Case): Case => ({ ...plain, differs });

export const digestOf = ({ simulator }: Moment, eid: string): string =>
  simulator.tenant.entities.get(eid)?.digest ?? 'no-such-entity';
/** A member of the last answer's document, by its path. */
export const fromLast = ({ last }: Moment, ...path: readonly (string | number)[]): string =>
  path.reduce<unknown>(
    (value, member) => (value as Record<string | number, unknown> | undefined)?.[member],
    JSON.parse(last?.body.toString() || 'null'),
  ) as string;

export const { experiment, notebook, grid, text } = demoIds;
