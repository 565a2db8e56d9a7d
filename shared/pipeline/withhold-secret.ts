/**
 * The credential that the facade has sent never reaches a caller or a store, even if the upstream repeats it. It is masked in headers
 * and in complete answers, so that the caller of a write still learns the outcome. A stream is cut before the credential.
 */
import { pipeline, Readable } from 'node:stream';
import { AppError } from '../errors/app-error.ts';
import type { Credential } from '../exchange/credential.ts';
import { isDocument } from '../exchange/document.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { isRepeatable } from '../exchange/repeatable.ts';
import type { UpstreamAnswer } from '../exchange/transport.ts';
import type { Upstream } from '../exchange/upstream.ts';
import { type Coding, codingsOf } from '../http/content-codings.ts';
import { contentEncodingOf, type Headers, headerValue } from '../http/headers.ts';
import { decodeWhole } from '../http/well-formed.ts';
import { patternOf, type SecretPattern } from '../secrets/secret-pattern.ts';
import { createSecretFilter } from '../secrets/secret-stream.ts';
import { takeSmall } from './take-small.ts';
import { withoutBodyFacts } from './to-caller.ts';

/** How the secret was withheld. It does not reveal the secret or its place. */
export type WithheldSecret = { readonly where: 'header' | 'body'; readonly how: 'masked' | 'cut' };
type Report = (withheld: WithheldSecret) => void;

/** Larger bodies are streamed. */
const mostWholeBytes = 1_048_576;

/** Names of headers that carry credentials, letters and digits only, because some servers write `_` for `-`. */
const credentialNames: ReadonlySet<string> = new Set([
  ...['authorization', 'proxyauthorization', 'cookie', 'cookie2', 'setcookie', 'setcookie2'],
  ...['apikey', 'xapikey', 'apitoken', 'xapitoken', 'authtoken', 'xauthtoken', 'accesstoken', 'xaccesstoken'],
  ...['sessiontoken', 'xsessiontoken', 'sessionid', 'xsessionid', 'securitytoken', 'xamzsecuritytoken'],
]);

const bareName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Names come in lower case, however they were written. */
const isInName = ({ secret }: Credential, name: string): boolean =>
  [secret, secret.toLowerCase()].some((one) => patternOf(one).isIn(name));

const maskHeaders = (
  headers: Headers,
  upstream: Upstream,
  credential: Credential,
  pattern: SecretPattern,
): { readonly headers: Headers; readonly isMasked: boolean } => {
  const [ownName] = upstream.authenticate(credential.secret, credential.kind);
  const ownNames = [ownName, ...upstream.credentialHeaders].map(bareName);
  const passing = headers.filter(
    ([name]) => !credentialNames.has(bareName(name)) && !ownNames.includes(bareName(name)),
  );
  const showing = new Set(passing.filter(([name, value]) => isInName(credential, name) || pattern.isIn(value)));
  if (showing.size === 0) return { headers: passing, isMasked: false };
  const masked = passing
    .filter(([name]) => !isInName(credential, name))
    .map((header) => (showing.has(header) ? ([header[0], pattern.mask(header[1])] as const) : header));
  return { headers: masked, isMasked: true };
};

/** Small bodies are read completely, and so are documents, errors and answers to writes, whose length may be unknown. */
const comesWhole = (exchange: Exchange, answer: UpstreamAnswer): boolean => {
  const length = headerValue(answer.headers, 'content-length');
  if (length !== undefined) return Number(length) <= mostWholeBytes;
  return answer.status >= 400 || !isRepeatable(exchange.operation) || isDocument(exchange, answer);
};

/** The masked body; `clean` if it does not contain the secret; `unsure` if it does not decode, or decodes to too much. */
const maskWhole = (raw: Buffer, codings: readonly Coding[], pattern: SecretPattern): Buffer | 'clean' | 'unsure' => {
  let decoded: Buffer = raw;
  for (const coding of codings.toReversed()) {
    const inner = decodeWhole(decoded, coding);
    if (!(inner instanceof Buffer)) return 'unsure';
    decoded = inner;
  }
  const text = decoded.toString('latin1');
  // Bytes after the end of the encoded data are not decoded, and reach the caller.
  if (!pattern.isIn(text)) return pattern.isIn(raw.toString('latin1')) ? 'unsure' : 'clean';
  const masked = Buffer.from(pattern.mask(text), 'latin1');
  return codings.reduce<Buffer>((body, coding) => coding.encodeWhole(body), masked);
};

const refusal = (why: 'shown' | 'unchecked'): AppError =>
  new AppError('ANSWER_WITHHELD', {
    detail:
      why === 'shown'
        ? 'The answer of the upstream shows the credential that it was sent. A write may or may not have been carried out.'
        : 'It cannot be told whether the answer of the upstream shows the credential that it was sent.',
  });

const filtered = (body: Readable, codings: readonly Coding[], pattern: SecretPattern, report: Report): Readable => {
  const refuse = (why: 'shown' | 'unchecked'): AppError => {
    if (why === 'shown') report({ where: 'body', how: 'cut' });
    return refusal(why);
  };
  const decoders = codings.toReversed().map(({ decode }) => decode());
  return pipeline(body, createSecretFilter(pattern, refuse, decoders), () => {});
};

export type CheckedAnswer = Omit<UpstreamAnswer, 'body'> & {
  /** Bytes if the body was read to its end for the check. */
  readonly body: Uint8Array | Readable;
  /** True if a part was masked. Such an answer goes only to this caller and is never stored. */
  readonly isMasked: boolean;
};

/**
 * The answer without credential headers and without the secret, in any spelling that spellings.ts knows, content codings
 * taken off. A stream that contains it fails with ANSWER_WITHHELD.
 * @param hasBody false if the body is not sent.
 */
export const withholdSecret = async (
  exchange: Exchange,
  credential: Credential,
  answer: UpstreamAnswer,
  hasBody: boolean,
  report: Report,
): Promise<CheckedAnswer> => {
  const pattern = patternOf(credential.secret);
  const { headers, isMasked } = maskHeaders(answer.headers, exchange.upstream, credential, pattern);
  if (isMasked) report({ where: 'header', how: 'masked' });
  const checked = { status: answer.status, headers, isMasked };
  if (!hasBody || pattern.mostBytes === 0) return { ...checked, body: answer.body };
  const codings = codingsOf(contentEncodingOf(answer.headers));
  if (!comesWhole(exchange, answer)) return { ...checked, body: filtered(answer.body, codings, pattern, report) };
  const taken = await takeSmall(answer.body, mostWholeBytes);
  if ('rest' in taken) return { ...checked, body: filtered(taken.rest, codings, pattern, report) };
  const { whole } = taken;
  const masked = maskWhole(whole, codings, pattern);
  if (masked === 'clean') return { ...checked, body: whole };
  if (masked === 'unsure') {
    const again = Readable.from([whole], { objectMode: false });
    return { ...checked, body: filtered(again, codings, pattern, report) };
  }
  report({ where: 'body', how: 'masked' });
  const fitting: Headers = [...withoutBodyFacts(headers), ['content-length', String(masked.byteLength)]];
  return { status: answer.status, headers: fitting, isMasked: true, body: masked };
};
