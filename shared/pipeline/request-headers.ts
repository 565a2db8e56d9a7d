/** The headers of a request that are sent to the upstream. */

import { type Operation, unknownGroup } from '../catalogue/operation.ts';
import type { Credential } from '../exchange/credential.ts';
import type { Upstream } from '../exchange/upstream.ts';
import { isForwarded } from '../http/forwarded-headers.ts';
import type { Headers } from '../http/headers.ts';

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

/** The headers that are sent upstream, with the credential; no other header may have the credential's name. Order and repetition are kept. */
export const toUpstreamHeaders = (
  headers: Headers,
  operation: Operation,
  upstream: Upstream,
  credential: Pick<Credential, 'secret' | 'kind'>,
): Headers => {
  const own = upstream.authenticate(credential.secret, credential.kind);
  const withoutParts = operation.answer === 'document' && operation.group !== unknownGroup;
  const travels = (name: string): boolean =>
    isForwarded(name, upstream.addedHeaders ?? []) &&
    !(withoutParts && ofParts.has(name)) &&
    !upstream.credentialHeaders.includes(name) &&
    name !== own[0];
  const travelling = headers
    .filter(([name]) => travels(name))
    .map(([name, value]): readonly [string, string] => [
      name,
      name === 'accept-encoding' ? filterAcceptEncoding(value) : value,
    ]);
  return [...travelling, own];
};
