/** Sends an exchange upstream, retries it if that is safe, and refuses answers that are not the upstream's. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { Credential } from '../exchange/credential.ts';
import { isDocument } from '../exchange/document.ts';
import type { Exchange, NativeAnswer } from '../exchange/exchange.ts';
import { refusesCredential } from '../exchange/refusals.ts';
import { isRepeatable } from '../exchange/repeatable.ts';
import type { RequestBody, UpstreamAnswer } from '../exchange/transport.ts';
import { contentEncodingOf, headerValue } from '../http/headers.ts';
import { retryAfterMillis } from '../http/retry-after.ts';
import { isWellFormed } from '../http/well-formed.ts';
import { passOn, readDocument } from './answer-body.ts';
import { mostTries, pauseAfterFailure, pauseAfterStatus } from './retry.ts';
import { answerReserveMillis, type Records, type SendParts, sendOnce, type Waited } from './send.ts';
import { type WithheldSecret, withholdSecret } from './withhold-secret.ts';

export type CallDependencies = SendParts & {
  /** Called if an answer contained the credential. Must not throw. */
  readonly onSecret?: (exchange: Exchange, credential: Credential, withheld: WithheldSecret) => void;
};

const isJsonType = (contentType: string | undefined): boolean => /[/+]json\b/i.test(contentType ?? '');

const hasNoBody = (method: string, status: number): boolean => method === 'HEAD' || status === 204 || status === 304;

const proxyFailures: Readonly<Record<number, ErrorCode>> = {
  502: 'UPSTREAM_UNREADABLE',
  503: 'UPSTREAM_UNREACHABLE',
  504: 'UPSTREAM_LATE',
};

/** A 502, 503 or 504 that is not JSON comes from a proxy in front of the upstream, usually as HTML. */
const refuseForeignFailure = (answer: UpstreamAnswer): void => {
  const code = proxyFailures[answer.status];
  if (code === undefined || isJsonType(headerValue(answer.headers, 'content-type'))) return;
  const waitMillis = retryAfterMillis(answer.headers, Date.now());
  throw new AppError(code, {
    detail: `Something in front of the upstream answered ${answer.status} instead of it.`,
    ...(waitMillis === undefined ? {} : { retryAfterSeconds: Math.ceil(waitMillis / 1_000) }),
  });
};

/** Statuses end at 599 (RFC 9110, 15). */
const refuseImpossibleStatus = ({ status }: UpstreamAnswer): void => {
  if (status >= 200 && status <= 599) return;
  throw new AppError('UPSTREAM_UNREADABLE', { detail: `The upstream answered with ${status}, which is no status.` });
};

/** The caller can replace a token that it sent itself, and no other credential. */
const refuseOwnRejection = ({ upstream }: Exchange, answer: UpstreamAnswer, { kind }: Credential): void => {
  if (kind === 'bearer' || !refusesCredential(upstream, answer)) return;
  if (kind === 'user') throw new AppError('USER_TOKEN_NEEDED', { detail: 'The upstream refused the linked token.' });
  throw new AppError('CREDENTIAL_UNAVAILABLE', {
    detail: "The upstream refused the facade's own credential. The operators have to renew it.",
  });
};

/** A refusal is passed on even if its body broke off, because it tells the caller that nothing was changed. */
const refusalWithoutBody = ({ status, headers }: Pick<UpstreamAnswer, 'status' | 'headers'>): NativeAnswer => ({
  status,
  headers: headers.filter(([name]) => !/^content-|^etag$|digest$/.test(name)),
  body: new Uint8Array(),
});

const receive = async (
  exchange: Exchange,
  credential: Credential,
  came: UpstreamAnswer,
  report: (withheld: WithheldSecret) => void,
): Promise<NativeAnswer> => {
  refuseImpossibleStatus(came);
  refuseOwnRejection(exchange, came, credential);
  const hasBody = !hasNoBody(exchange.request.method, came.status);
  if (hasBody) refuseForeignFailure(came);
  const answer = await withholdSecret(exchange, credential, came, hasBody, report);
  const { status, headers, isMasked } = answer;
  if (!hasBody) {
    came.body.resume();
    return { status, headers, body: undefined, isMasked };
  }
  if (!isDocument(exchange, answer)) return { status, headers, body: passOn(answer.body), isMasked };
  const body = await readDocument(answer.body).catch((error: unknown) => {
    if (status < 400 || status > 499 || isRepeatable(exchange.operation)) throw error;
    return undefined;
  });
  if (body === undefined) return { ...refusalWithoutBody(answer), isMasked };
  if (!(body instanceof Uint8Array)) return { status, headers, body, isMasked };
  const contentEncoding = contentEncodingOf(headers);
  return { status, headers, body, isMasked, isWellFormed: isWellFormed(body, contentEncoding) };
};

/** Waits before the next try; false = no further try. */
const pauseFits = async (pauseMillis: number | undefined, exchange: Exchange): Promise<boolean> => {
  if (pauseMillis === undefined) return false;
  if (Date.now() + pauseMillis + answerReserveMillis > exchange.request.deadlineMillis) return false;
  await sleep(pauseMillis);
  return true;
};

/** Near its end the stage's limit leaves no time for an answer: what the last try brought is better than a try that is cut off. */
const usedUpShare = 0.9;

/** A stream can be sent only once. */
const isStream = (body: RequestBody | undefined): boolean => body !== undefined && !(body instanceof Uint8Array);

/** Shared by all tries, so that refused calls cost no records and a retry is not recorded again. */
const once = (act: () => Promise<void> = async () => {}): (() => Promise<void>) => {
  let done: Promise<void> | undefined;
  return () => {
    done ??= act();
    return done;
  };
};

/**
 * The answer, after as many tries as are safe and begin within the stage's limit for the upstream. An error of a record is thrown.
 * @throws AppError UPSTREAM_UNREACHABLE, UPSTREAM_LATE, UPSTREAM_UNREADABLE, CREDENTIAL_UNAVAILABLE, TOO_MANY_REQUESTS,
 * ANSWER_WITHHELD.
 */
export const callUpstream = async (
  exchange: Exchange,
  credential: Credential,
  dependencies: CallDependencies,
  records: Partial<Records> = {},
): Promise<NativeAnswer> => {
  const report = (withheld: WithheldSecret): void => dependencies.onSecret?.(exchange, credential, withheld);
  const tries = isRepeatable(exchange.operation) && !isStream(exchange.request.body) ? mostTries : 1;
  const prepared: Records = { recordIntent: once(records.recordIntent), markCacheTags: once(records.markCacheTags) };
  const waited: Waited = { millis: 0 };
  for (let attempt = 1; ; attempt += 1) {
    const mayRepeat = (): boolean => attempt < tries && waited.millis < dependencies.firstByteMillis * usedUpShare;
    try {
      const answer = await sendOnce(exchange, credential, dependencies, prepared, waited);
      if (mayRepeat()) {
        const waitMillis = retryAfterMillis(answer.headers, Date.now());
        if (await pauseFits(pauseAfterStatus(answer.status, waitMillis, attempt), exchange)) {
          answer.body.destroy();
          continue;
        }
      }
      return await receive(exchange, credential, answer, report).catch((error: unknown) => {
        answer.body.destroy();
        throw error;
      });
    } catch (error) {
      const repeatable = error instanceof AppError && error.facts.connectionFailed === true;
      if (!mayRepeat() || !repeatable || !(await pauseFits(pauseAfterFailure(attempt), exchange))) throw error;
    }
  }
};
