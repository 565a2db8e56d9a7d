/** Which request headers travel to the upstream: all that concern the operation, none that concern the way here. */

import { type Operation, unknownGroup } from '../catalogue/operation.ts';
import type { Credential } from '../credentials/credential.ts';
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
  // The consumer's own name for a person: it chooses the credential.
  'x-on-behalf-of',
]);

/** Some frameworks obey these: the operation would be another one than the scopes were checked for. */
const methodOverrides = new Set(['x-http-method-override', 'x-http-method', 'x-method-override']);

const ofTheGateway = /^(x-forwarded-|x-amzn-|x-amz-|x-amzn|cloudfront-)/;

/** A part of a document cannot have its links rewritten. */
const ofParts = new Set(['range', 'if-range']);

/** Encodings that a JSON document can be taken out of and put back into, so that its links can be rewritten.
 * Not deflate: servers disagree on what it is (RFC 9110, 8.4.1.2). */
const knownEncodings = new Set(['gzip', 'x-gzip', 'br', 'zstd', 'identity']);

const filterAcceptEncoding = (value: string): string => {
  const kept = value
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => knownEncodings.has(part.split(';')[0]?.trim() ?? ''));
  return kept.length > 0 ? kept.join(', ') : 'identity';
};

/** The headers that go upstream, credential included. Order and repetition are kept. */
export const toUpstreamHeaders = (
  headers: Headers,
  operation: Operation,
  upstream: Upstream,
  credential: Pick<Credential, 'secret' | 'kind'>,
): Headers => [
  ...headers
    .filter(
      ([name]) =>
        !ofTheHop.has(name) &&
        !methodOverrides.has(name) &&
        !ofTheGateway.test(name) &&
        !(ofParts.has(name) && operation.answer === 'document' && operation.group !== unknownGroup) &&
        !upstream.credentialHeaders.includes(name),
    )
    .map(([name, value]): readonly [string, string] => [
      name,
      name === 'accept-encoding' ? filterAcceptEncoding(value) : value,
    ]),
  upstream.authenticate(credential.secret, credential.kind),
];
