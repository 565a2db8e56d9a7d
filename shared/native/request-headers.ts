/** Which request headers travel to the upstream: all that concern the operation, none that concern the way here. */
import type { Headers, Upstream } from '../upstream/upstream.ts';

/** Written anew for each hop, or about the caller's connection to the facade. */
const ofTheHop = new Set([
  'host',
  'content-length',
  'expect',
  'forwarded',
  'via',
  'cdn-loop',
  'true-client-ip',
  'x-real-ip',
  'x-original-url',
  'x-rewrite-url',
  'x-request-id',
]);

/** Some frameworks obey these: the operation would be another one than the scopes were checked for. */
const methodOverrides = new Set(['x-http-method-override', 'x-http-method', 'x-method-override']);

const ofTheGateway = /^(x-forwarded-|x-amzn-|x-amz-|x-amzn|cloudfront-)/;

/** Encodings that a JSON document can be taken out of and put back into, so that its links can be rewritten. */
const knownEncodings = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'identity']);

const filterAcceptEncoding = (value: string): string => {
  const kept = value
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => knownEncodings.has(part.split(';')[0]?.trim() ?? ''));
  return kept.length > 0 ? kept.join(', ') : 'identity';
};

/** The headers that go upstream, credential included. Order and repetition are kept. */
export const toUpstreamHeaders = (headers: Headers, upstream: Upstream, secret: string): Headers => [
  ...headers
    .filter(
      ([name]) =>
        !ofTheHop.has(name) &&
        !methodOverrides.has(name) &&
        !ofTheGateway.test(name) &&
        !upstream.credentialHeaders.includes(name),
    )
    .map(([name, value]): readonly [string, string] => [
      name,
      name === 'accept-encoding' ? filterAcceptEncoding(value) : value,
    ]),
  upstream.authenticate(secret),
];
