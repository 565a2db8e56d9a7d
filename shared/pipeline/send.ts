/** One send: the list of steps before it, and the outcome for its observers. */
import { AppError } from '../errors/app-error.ts';
import type { Credential } from '../exchange/credential.ts';
import type { Exchange, QuotaGate } from '../exchange/exchange.ts';
import { refusesCredential } from '../exchange/refusals.ts';
import type { SendOutcome } from '../exchange/send-outcome.ts';
import type { UpstreamAnswer, UpstreamTransport } from '../exchange/transport.ts';
import { retryAfterMillis } from '../http/retry-after.ts';
import { toUpstreamHeaders } from './request-headers.ts';

export type SendParts = {
  readonly transport: UpstreamTransport;
  readonly quota: QuotaGate;
  readonly firstByteMillis: number;
  /** Called once for each admitted send. Must not throw. */
  readonly onSend?: (exchange: Exchange, outcome: SendOutcome) => void;
};

/** The records of a write; each is made once for all tries. */
export type Records = {
  readonly recordIntent: () => Promise<void>;
  readonly markCacheTags: () => Promise<void>;
};

type Sending = { readonly exchange: Exchange; readonly parts: SendParts; readonly records: Records };

/** A step before a send. It refuses by throwing. False = its unit is too old, and all steps are repeated. */
type Step = (sending: Sending) => Promise<boolean>;

const admitByQuota: Step = async ({ exchange, parts }) => {
  await parts.quota.admit(exchange);
  return true;
};
const recordIntent: Step = async ({ records }) => {
  await records.recordIntent();
  return true;
};
const markCacheTags: Step = async ({ records }) => {
  await records.markCacheTags();
  return true;
};
/** A unit is valid only for a moment. If the earlier steps took longer, another unit is taken. */
const checkLease: Step = async ({ exchange, parts }) => parts.quota.departs?.(exchange) !== false;

/** The steps before every send, in this order (docs/overview.md). If one refuses, nothing is sent. */
const beforeSend: readonly Step[] = [admitByQuota, recordIntent, markCacheTags, checkLease];

/** Time that is left to answer the caller after the last wait for the upstream. */
export const answerReserveMillis = 1_000;

const notSent: SendOutcome = { kind: 'not-sent' };

/** Runs all steps once. False = repeat them. Observers learn of an admitted call that is not sent. */
const passSteps = async (sending: Sending): Promise<boolean> => {
  const { exchange, parts } = sending;
  for (const step of beforeSend) {
    const mayGoOn = await step(sending).catch((error: unknown) => {
      if (step !== admitByQuota) parts.onSend?.(exchange, notSent);
      throw error;
    });
    if (mayGoOn) continue;
    parts.onSend?.(exchange, notSent);
    return false;
  }
  return true;
};

const refuseLate = ({ exchange, parts }: Sending): void => {
  if (exchange.request.deadlineMillis - Date.now() > answerReserveMillis) return;
  parts.onSend?.(exchange, notSent);
  throw new AppError('UPSTREAM_LATE', { detail: 'No time was left to ask the upstream.', sent: false });
};

/** How long the tries of one call have waited for the upstream: the stage's limit is for all of them together. */
export type Waited = { millis: number };

const transmit = (
  { exchange, parts }: Sending,
  credential: Credential,
  waitedMillis: number,
): Promise<UpstreamAnswer> => {
  const { request, upstream, target, operation } = exchange;
  return parts.transport.send({
    origin: upstream.origin,
    method: request.method,
    target,
    headers: toUpstreamHeaders(request.headers, operation, upstream, credential),
    body: request.body,
    firstByteMillis: parts.firstByteMillis,
    waitedMillis,
    answerByMillis: request.deadlineMillis - answerReserveMillis,
  });
};

const outcomeOf = (error: unknown): SendOutcome =>
  error instanceof AppError && error.facts.sent === false ? notSent : { kind: 'lost' };

/** @throws the errors of the steps and of the transport. */
export const sendOnce = async (
  exchange: Exchange,
  credential: Credential,
  parts: SendParts,
  records: Records,
  waited: Waited,
): Promise<UpstreamAnswer> => {
  const sending = { exchange, parts, records };
  while (!(await passSteps(sending)));
  refuseLate(sending);
  const startMillis = performance.now();
  const answer = await transmit(sending, credential, waited.millis)
    .catch((error: unknown) => {
      parts.onSend?.(exchange, outcomeOf(error));
      throw error;
    })
    .finally(() => {
      waited.millis += performance.now() - startMillis;
    });
  const { status, headers } = answer;
  const refused = refusesCredential(exchange.upstream, answer);
  const waitMillis = retryAfterMillis(headers, Date.now());
  const millis = Math.round(performance.now() - startMillis);
  parts.onSend?.(exchange, { kind: 'answered', status, retryAfterMillis: waitMillis, refused, millis });
  return answer;
};
