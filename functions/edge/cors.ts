/**
 * CORS at the edge: answers preflights before the caller is identified, and adds its headers when an answer leaves. So
 * none of them is cached or stored under an idempotency key.
 */
import { AppError } from '../../shared/errors/app-error.ts';
import {
  allowedHeaders,
  allowedMethods,
  exposedHeaders,
  isForPages,
  preflightSeconds,
} from '../../shared/http/cors.ts';
import type { Headers } from '../../shared/http/headers.ts';
import type { HttpRequest } from './http-request.ts';

type Reply = { readonly status: number; readonly headers: Headers; readonly body: undefined };

export type Cors = {
  /**
   * The answer to a preflight; undefined for every other request.
   * @throws AppError ROUTE_UNKNOWN for another OPTIONS request, if the stage has the method only for preflights.
   */
  answerPreflight(request: HttpRequest): Reply | undefined;
  /** The headers of an answer, with those that CORS adds for the origin of its request. */
  complete(request: HttpRequest, headers: Headers): Headers;
};

const valuesOf = (headers: Headers, wanted: string): readonly string[] =>
  headers.filter(([name]) => name === wanted).map(([, value]) => value);

/** Answers differ by origin, and shared caches between browser and facade must know it. */
const withVary = (headers: Headers): Headers => {
  const fields = headers.filter(([name]) => name === 'vary').map(([, value]) => value);
  const members = fields.flatMap((field) => field.split(',')).map((member) => member.trim().toLowerCase());
  if (members.includes('*') || members.includes('origin')) return headers;
  return [...headers.filter(([name]) => name !== 'vary'), ['vary', [...fields, 'Origin'].join(', ')]];
};

const isPreflight = ({ method, headers }: HttpRequest): boolean =>
  method === 'OPTIONS' &&
  valuesOf(headers, 'origin').length > 0 &&
  valuesOf(headers, 'access-control-request-method').length > 0;

/**
 * @param addedHeaders request headers that a stage adds to those sent upstream.
 * @returns undefined if no origin may call: then nothing is added, and OPTIONS is a method like others.
 */
export const createCors = (origins: readonly string[], addedHeaders: readonly string[] = []): Cors | undefined => {
  if (origins.length === 0) return undefined;
  const exposed = exposedHeaders.join(', ');
  const grants: Headers = [
    ['access-control-allow-methods', allowedMethods],
    ['access-control-allow-headers', [...allowedHeaders, ...addedHeaders].join(', ')],
    ['access-control-max-age', String(preflightSeconds)],
  ];

  /** A request with several Origin fields does not come from a browser, and has no origin. */
  const originOf = ({ headers }: HttpRequest): string | undefined => {
    const [origin, ...others] = valuesOf(headers, 'origin');
    return origin !== undefined && others.length === 0 && origins.includes(origin) ? origin : undefined;
  };

  return {
    answerPreflight(request) {
      if (request.method !== 'OPTIONS' || !isForPages(request.route)) return undefined;
      // Without CORS headers a browser refuses, whatever the status. AWS's own gateways also answer an unknown origin
      // with 204.
      if (isPreflight(request)) return { status: 204, headers: originOf(request) ? grants : [], body: undefined };
      // An upstream may answer OPTIONS itself.
      if (!request.route.startsWith('/v1/')) return undefined;
      throw new AppError('ROUTE_UNKNOWN', { detail: 'This path takes OPTIONS for preflights of browsers only.' });
    },
    complete(request, headers) {
      if (!isForPages(request.route)) return headers;
      const origin = originOf(request);
      if (origin === undefined) return withVary(headers);
      return withVary([
        ...headers,
        ['access-control-allow-origin', origin],
        ['access-control-expose-headers', exposed],
      ]);
    },
  };
};
