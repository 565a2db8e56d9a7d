/** Sends an exchange upstream, repeats what may be repeated, and refuses what is no answer of the upstream. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { Credential } from '../exchange/credential.ts';
import { isDocument } from '../exchange/document.ts';
import type { Exchange, NativeAnswer, QuotaGate } from '../exchange/exchange.ts';
import { refusesCredential } from '../exchange/refusals.ts';
import { isRepeatable } from '../exchange/repeatable.ts';
import type { RequestBody, UpstreamAnswer, UpstreamTransport } from '../exchange/transport.ts';
import { contentEncodingOf } from '../http/content-codings.ts';
import { headerValue } from '../http/headers.ts';
import { retryAfterMillis } from '../http/retry-after.ts';
import { isWellFormed } from '../http/well-formed.ts';
import { passOn, readDocument } from './answer-body.ts';
import { toUpstreamHeaders } from './request-headers.ts';
import { mostTries, pauseAfterFailure, pauseAfterStatus } from './retry.ts';
import { type WithheldSecret, withholdSecret } from './withhold-secret.ts';

export type CallDependencies = {
  readonly transport: UpstreamTransport;
  readonly quota: QuotaGate;
  readonly firstByteMillis: number;
  /** Told once per send that was admitted; `status` undefined = no answer came, `mayArrive` false = nothing was sent. */
  readonly onSend?: (
    exchange: Exchange,
    status: number | undefined,
    retryAfterMillis: number | undefined,
    mayArrive: boolean,
    /** Whether the answer refused the credential. */
    refused?: boolean,
  ) => void;
  /** Told when an answer showed the credential; it must not throw. */
  readonly onSecret?: (exchange: Exchange, credential: Credential, withheld: WithheldSecret) => void;
  /** Done once for all tries, when the first was admitted: so a refused crowd costs nothing. When it fails, nothing is sent. */
  readonly beforeSend?: (() => Promise<void>) | undefined;
};

/** Room to answer the caller after the last wait for the upstream. */
const answerReserveMillis = 1_000;

const isJsonType = (contentType: string | undefined): boolean => /[/+]json\b/i.test(contentType ?? '');

const hasNoBody = (method: string, status: number): boolean => method === 'HEAD' || status === 204 || status === 304;

const proxyFailures: Readonly<Record<number, ErrorCode>> = {
  502: 'UPSTREAM_UNREADABLE',
  503: 'UPSTREAM_UNREACHABLE',
  504: 'UPSTREAM_LATE',
};

/** A 502, 503 or 504 that is not JSON comes from something in front of the upstream, in HTML as a rule. */
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

/** A token that the caller sent is the caller's to mend, any other credential is not. */
const refuseOwnRejection = ({ upstream }: Exchange, answer: UpstreamAnswer, { kind }: Credential): void => {
  if (kind === 'bearer' || !refusesCredential(upstream, answer)) return;
  if (kind === 'user') throw new AppError('USER_TOKEN_NEEDED', { detail: 'The upstream refused the linked token.' });
  throw new AppError('CREDENTIAL_UNAVAILABLE', {
    detail: "The upstream refused the facade's own credential. The operators have to renew it.",
  });
};

/** A refusal counts although its body broke off: it says that nothing was changed, which the caller would not know otherwise. */
const refusalWithoutBody = ({ status, headers }: UpstreamAnswer): NativeAnswer => ({
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
    answer.body.resume();
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

/** A unit is good for a moment only: when what comes before the send took longer, another one is asked for. */
const admitAndPrepare = async (
  exchange: Exchange,
  { quota, onSend }: CallDependencies,
  beforeSend: () => Promise<void>,
): Promise<void> => {
  const notSent = (): void => onSend?.(exchange, undefined, undefined, false);
  for (;;) {
    await quota.admit(exchange);
    await beforeSend().catch((error: unknown) => {
      notSent();
      throw error;
    });
    if (quota.departs?.(exchange) !== false) return;
    notSent();
  }
};

/** The quota is asked before each send; what it refuses is not sent. */
const sendOnce = async (
  exchange: Exchange,
  credential: Credential,
  dependencies: CallDependencies,
  beforeSend: () => Promise<void>,
): Promise<UpstreamAnswer> => {
  const { request, upstream, target } = exchange;
  await admitAndPrepare(exchange, dependencies, beforeSend);
  const leftMillis = request.deadlineMillis - Date.now() - answerReserveMillis;
  if (leftMillis <= 0) {
    dependencies.onSend?.(exchange, undefined, undefined, false);
    throw new AppError('UPSTREAM_LATE', { detail: 'No time was left to ask the upstream.', sent: false });
  }
  const sent = dependencies.transport.send({
    origin: upstream.origin,
    method: request.method,
    target,
    headers: toUpstreamHeaders(request.headers, exchange.operation, upstream, credential),
    body: request.body,
    firstByteMillis: dependencies.firstByteMillis,
    answerByMillis: request.deadlineMillis - answerReserveMillis,
  });
  const answer = await sent.catch((error: unknown) => {
    const mayArrive = !(error instanceof AppError && error.facts.sent === false);
    dependencies.onSend?.(exchange, undefined, undefined, mayArrive);
    throw error;
  });
  const refused = refusesCredential(upstream, answer);
  dependencies.onSend?.(exchange, answer.status, retryAfterMillis(answer.headers, Date.now()), true, refused);
  return answer;
};

/** Waits before the next try; false when there is to be none. */
const pauseFits = async (pauseMillis: number | undefined, exchange: Exchange): Promise<boolean> => {
  if (pauseMillis === undefined) return false;
  if (Date.now() + pauseMillis + answerReserveMillis > exchange.request.deadlineMillis) return false;
  await sleep(pauseMillis);
  return true;
};

/** A stream can be sent only once. */
const isStream = (body: RequestBody | undefined): boolean => body !== undefined && !(body instanceof Uint8Array);

/**
 * One answer from as many tries as are safe, or what `beforeSend` throws.
 * @throws AppError UPSTREAM_UNREACHABLE, UPSTREAM_LATE, UPSTREAM_UNREADABLE, CREDENTIAL_UNAVAILABLE, TOO_MANY_REQUESTS,
 * ANSWER_WITHHELD.
 */
export const callUpstream = async (
  exchange: Exchange,
  credential: Credential,
  dependencies: CallDependencies,
): Promise<NativeAnswer> => {
  const report = (withheld: WithheldSecret): void => dependencies.onSecret?.(exchange, credential, withheld);
  const tries = isRepeatable(exchange.operation) && !isStream(exchange.request.body) ? mostTries : 1;
  let prepared: Promise<void> | undefined;
  const beforeSend = async (): Promise<void> => {
    prepared ??= dependencies.beforeSend?.();
    await prepared;
  };
  for (let attempt = 1; ; attempt += 1) {
    const mayRepeat = attempt < tries;
    try {
      const answer = await sendOnce(exchange, credential, dependencies, beforeSend);
      if (mayRepeat) {
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
      if (!mayRepeat || !repeatable || !(await pauseFits(pauseAfterFailure(attempt), exchange))) throw error;
    }
  }
};
