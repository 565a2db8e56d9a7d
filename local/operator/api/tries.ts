/**
 * The tries of one request. Waits are as long as `Retry-After` says. A write is repeated only where a repetition changes nothing: under an
 * idempotency key, or because the facade has said that it did nothing (429).
 */
import { retryAfterMillis } from '../../../shared/http/retry-after.ts';
import { doubling } from '../../../shared/time/doubling.ts';
import { NoAnswer, Refused } from './failures.ts';
import type { Host } from './host.ts';
import { printable } from './printable.ts';

/** What may happen when a request is sent twice. */
export type Repetition =
  /** Nothing changes. */
  | 'harmless'
  /** The facade carries it out once, by its key. */
  | 'keyed'
  /** The thing is gone already. */
  | 'gone'
  /** It could be carried out twice. */
  | 'unsafe';

type Repeatable = { readonly method: string; readonly repetition: Repetition };

type Failure =
  | { readonly kind: 'refused'; readonly error: Refused; readonly retryAfterMillis: number | undefined }
  | {
      readonly kind: 'lost';
      readonly error: NoAnswer;
      /** Another try would end in the same way. */
      readonly isLasting: boolean;
      /** The facade may have done what was asked. */
      readonly isOpen: boolean;
      /** Absent = nothing was answered. */
      readonly status?: number;
    };

/** What one try has come to. */
export type Outcome<Answer> = { readonly kind: 'answered'; readonly answer: Answer } | Failure;

/** API Gateway ends an answer of this kind after 29 s. */
export const tryMillis = 35_000;
const mostTries = 5;
const pauseMillis = doubling(500, 8_000);

/** Of the system, the resolver and TLS: another try a moment later would end in the same way. */
const lasting = /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ERR_|CERT_|DEPTH_|SELF_|UNABLE_|HOSTNAME_)/;

const causeOf = (error: unknown): string => {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `no answer within ${tryMillis / 1_000} s`;
  return cause?.code ?? cause?.message ?? message;
};

/** Undefined for a document without errors. */
export const refusalIn = (document: unknown, { status, headers }: Response, nowMillis: number): Failure | undefined => {
  const { errors } = (document ?? {}) as { errors?: unknown };
  if (!Array.isArray(errors)) return undefined;
  return {
    kind: 'refused',
    error: new Refused(status, errors),
    retryAfterMillis: retryAfterMillis([...headers], nowMillis),
  };
};

/** An answer that is not of the facade. A proxy on the way may fail for a moment. */
export const strangeAnswer = (error: NoAnswer, { ok, status }: Response): Failure => {
  const isLasting = status < 500;
  return { kind: 'lost', error, isLasting, isOpen: ok || !isLasting, status };
};

/** @param error of a request without an answer. @param what did not happen: `gave no answer`. */
export const lostBy = (error: unknown, what: string): Failure => {
  if (error instanceof NoAnswer) return { kind: 'lost', error, isLasting: true, isOpen: true };
  const cause = causeOf(error);
  const isLasting = lasting.test(cause);
  return { kind: 'lost', error: new NoAnswer(`${what}: ${cause}.`), isLasting, isOpen: !isLasting };
};

const isInProgress = ({ faults }: Refused): boolean => faults.some(({ code }) => code === 'IDEMPOTENCY_IN_PROGRESS');

const mayRepeat = ({ repetition }: Repeatable, failure: Failure): boolean => {
  if (failure.kind === 'lost') return !failure.isLasting && repetition !== 'unsafe';
  const { status } = failure.error;
  if (status === 429) return true;
  if (status === 409) return repetition === 'keyed' && isInProgress(failure.error);
  return [502, 503, 504].includes(status) && repetition !== 'unsafe';
};

const seconds = (millis: number): string => `${Math.ceil(millis / 1_000)} s`;

/** Whether the facade may have done what was asked. A 429 says that it did not. A 503 may come after the write: its last step can fail. */
const mayHaveActed = (failure: Failure): boolean =>
  failure.kind === 'lost' ? failure.isOpen : [500, 502, 503, 504].includes(failure.error.status);

const statusOf = (failure: Failure): number | undefined =>
  failure.kind === 'lost' ? failure.status : failure.error.status;

/** Nearly every 503 comes before the write: it does not show that what is missing now was there before. */
const hasProbablyActed = (failure: Failure): boolean => mayHaveActed(failure) && statusOf(failure) !== 503;

/** The thing that a try before has removed. */
const isRemoved = ({ repetition }: Repeatable, failure: Failure, wasRemoved: boolean): boolean =>
  repetition === 'gone' && wasRemoved && failure.kind === 'refused' && failure.error.status === 404;

/**
 * @param mostWaitMillis the longest time that is spent waiting between the tries.
 * @param removed the answer when what was to be deleted is gone.
 * @returns `wasRepeated`: more than one request was sent.
 * @throws Refused | NoAnswer, after the tries that are allowed.
 */
export const withTries = async <Answer>(
  host: Host,
  mostWaitMillis: number,
  request: Repeatable,
  sendOnce: () => Promise<Outcome<Answer>>,
  removed?: Answer,
): Promise<{ readonly answer: Answer; readonly wasRepeated: boolean }> => {
  let leftMillis = mostWaitMillis;
  let [isOpen, isProbablyDone] = [false, false];
  for (let tries = 1; ; tries += 1) {
    const outcome = await sendOnce();
    if (outcome.kind === 'answered') return { answer: outcome.answer, wasRepeated: tries > 1 };
    if (removed !== undefined && isRemoved(request, outcome, isProbablyDone))
      return { answer: removed, wasRepeated: true };
    isOpen ||= request.method !== 'GET' && mayHaveActed(outcome);
    isProbablyDone ||= hasProbablyActed(outcome);
    const asked = outcome.kind === 'refused' ? outcome.retryAfterMillis : undefined;
    const waitMillis = Math.max(asked ?? 0, pauseMillis(tries));
    const isAllowed = tries < mostTries && mayRepeat(request, outcome);
    if (!isAllowed || waitMillis > leftMillis) {
      if (isAllowed)
        await host.stderr.write(`The next try would be in ${seconds(waitMillis)}. Fix: --wait SECONDS waits longer.\n`);
      if (isOpen) await host.stderr.write('The change may have been carried out: look before you repeat it.\n');
      throw outcome.error;
    }
    await host.stderr.write(`${printable(outcome.error.message)} Trying again in ${seconds(waitMillis)}.\n`);
    await host.pause(waitMillis);
    leftMillis -= waitMillis;
  }
};
